# English: the language that the others are compared with. Commerce's own sentences are kept to the
# letter, since people and scripts know them.

language-name = English
language-locale = en_US
language-direction = ltr
language-choose = Language

## Times

moment = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }, { $time }
minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}

## Every page

page-error-title = Error: { $title }
page-pages = Pages
page-stale = This page was open for too long. Nothing was changed; please try again.
page-grace = The service that you signed in with gives no answer at the moment. You can go on until { $until }; if it has not answered by then, this session ends.

## Password fields

password-show = Show
password-hide = Hide
password-old = It's time to change your password.
password-old_first = It's time to change your password. Nothing else goes on before that.
password-change = Change it now
password-caps_lock = Caps Lock is on.

## Sign-in

sign_in-title = Sign in
sign_in-heading = Welcome, please sign in
sign_in-username = Username
sign_in-password = Password
sign_in-submit = Sign in
sign_in-forgot_password = Forgot your password?
sign_in-bad_credentials = The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.
sign_in-needed = Please sign in first.
sign_in-kept = Your session was over. Sign in, and what you typed will be there again.
sign_in-no_role = More permissions are needed to access this.

## Sign-in with Adobe ID

adobe_sign_in-heading = Sign In
adobe_sign_in-introduction = Sign in to access the Adobe Commerce for your organization.
adobe_sign_in-submit = Sign In with Adobe ID
adobe_sign_in-help = This Commerce instance is managed by an organization. Contact your organization administrator to request access.
adobe_sign_in-use = Please sign in with Adobe ID
adobe_sign_in-use_at = Please sign in with { $provider }
adobe_sign_in-title = Sign in with Adobe ID
adobe_sign_in-submit_at = Sign in with { $provider }
adobe_sign_in-other_account = Use another account

## On the way to the sign-in service

leave-title = To the sign-in
leave-title_confirm = To the confirmation
leave-heading = One moment
leave-why = You are being led to Adobe to sign in there.
leave-why_at = You are being led to { $provider } to sign in there.
leave-confirm = You are being led to Adobe to show there once more who you are.
leave-confirm_at = You are being led to { $provider } to show there once more who you are.
leave-go = Go there now

## What goes wrong there

trouble-off = Everybody signs in with a Commerce password now. Sign in with yours; if you have none, ask for a link to set one.
trouble-again = This way to sign in is no longer good: it was begun too long ago, was used already, or began in another browser. Please begin again.
trouble-unreachable = The sign-in service gives no answer at the moment. Please try again in a little while.
trouble-too_many = Too many sign-ins were begun from here and not finished. Please wait a few minutes, then try again.
trouble-denied = The sign-in was broken off. Begin again, or use another account.
trouble-other_person = You signed in as somebody else than the person of this session, so nothing was confirmed.
trouble-not_member = Unable to sign in with this account. It does not belong to the organization of this shop; use another account.
trouble-no_second_factor = You have to show a second factor where you sign in, and none was shown. Sign in there once more with it; if you have none there yet, set one up first.
trouble-no_access = You don't have access to this Commerce instance. Ask an administrator of this shop for it.
trouble-failed = Something went wrong and we could not sign you in. Please try again or contact your administrator.
trouble-operator = For whoever operates this shop
trouble-command = If this lasts, Commerce passwords are brought back with:

## The second factor

second_factor-app_title = Second factor
second_factor-app_heading = Code of your app
second_factor-app_why = { $username }, type the code that your authenticator app shows now.
second_factor-app_code = Authenticator code
second_factor-submit = Confirm
second_factor-other_ways = Other ways
second_factor-use_app = Use a code of your authenticator app
second_factor-use_key = Use a security key
second_factor-use_recovery_code = Use a recovery code
second_factor-give_up = Use another account
second_factor-wrong_code = This code is wrong. Type the one that your app shows now. If it goes on like this, let your phone set its clock by itself.
second_factor-clock_ahead = This code is right for a clock that is { $time } fast. Let your phone set its clock by itself, then type the code that the app shows.
second_factor-clock_behind = This code is right for a clock that is { $time } slow. Let your phone set its clock by itself, then type the code that the app shows.
second_factor-used_code = This code was used already. Wait until your app shows the next one.
second_factor-locked = There were too many wrong codes. Codes are looked at again in { $time }; until then another way may work.
second_factor-closed = There were a hundred wrong codes, so none is looked at any more. Use another way, or ask whoever operates this shop.
second_factor-refused = This way is not open to you. Use another one.
second_factor-recovery_title = Recovery code
second_factor-recovery_heading = Recovery code
second_factor-recovery_why = { $username }, type one of the codes that you kept. It works once.
second_factor-recovery_code = Recovery code
second_factor-wrong_recovery_code = This is none of your codes, or it was used already.

## Security keys and passkeys

key-title = Second factor
key-heading = Your security key
key-why = { $username }, show the security key or passkey that you set up here.
key-submit = Use security key
key-no_other_way = Nothing else is set up for your account. If the key is lost, ask whoever looks after this shop to take it away; then you can set up another.
key-waiting = Your browser asks for the key now. Plug it in and touch it, or unlock your device.
key-unsupported = This browser cannot use security keys, or it runs no scripts. Use another browser.
key-elsewhere = Security keys do not work at this address. Open the shop at the address that they are bound to, or ask whoever operates it.
key-cancelled = No key was shown: the request was cancelled, or took too long. Please try again.
key-known = This key is set up for your account already. Use another one.
key-failed = Your key could not be asked for. Please try again.
key-refused = This key was not accepted. Use another key, or another way.
key-unknown = This key is not set up here, or was taken away. Use another key, or another way.
key-unverified = The key did not make sure that it is you. Unlock it with its PIN, your finger or your face.
key-cloned = This key was refused, because it counts its uses as if there were a copy of it. Use another key, or another way, and take this one away.
key-set_up_title = Security key
key-set_up_heading = Set up a security key or passkey
key-set_up_what = It can be a key for the USB port, or your phone or computer itself. At each sign-in you show it by touching or unlocking it; many let you in without the password as well.
key-set_up_binds = It is bound to the address of this page, so that no false page can get anything out of it. It is of no use anywhere else.
key-set_up_lost = If it is lost, another key, an authenticator app or a recovery code lets you in. Then take the lost one away.
key-set_up_name = Name of the key
key-set_up_hint = By which you recognise it among your keys, such as “Blue key on the key ring”.
key-set_up_submit = Set up the key
key-set_up_refused = This key was not accepted, so nothing was set up. Use another one.
key-set_up_model = This shop does not accept keys of this model, so nothing was set up. Use another one.
key-set_up_many = You have as many keys as there can be. Take one away first.
key-set_up_kept = The key has answered. Show who you are, and it is set up.
key-added = The key is set up.
passkey-submit = Sign in with a passkey
passkey-refused = This passkey was not accepted. Sign in with your password.
passkey-unknown = This passkey is not known here, or was taken away. Sign in with your password.
passkey-not_offered = Passkeys are not accepted here. Sign in with your password.

## Setting up a second factor on the way in

second_factor-request_title = Second factor needed
second_factor-request_heading = You need a second factor
second_factor-request_sent = We have sent a link to the email address of your account. Follow it within an hour, in this browser, to set up a second factor.
second_factor-request_no_mail = If no mail comes, whoever operates this shop can make a link for you with:
second_factor-request_no_address = Your account has no email address that a link could be sent to. Whoever operates this shop can make one for you with:
second_factor-request_again = Send another mail
second_factor-link_sent_again = Another mail is on its way.
second_factor-link_recently = A mail was sent a short while ago. You can ask for another in { $time }.
second_factor-link_void = This link is too old, was used already, or is for another account. A new one is sent to you by mail.
second_factor-choose_title = Second factor
second_factor-choose_heading = Choose a second factor
second_factor-choose_why = At each sign-in you will show it after your password.
second_factor-choose_app = Set up an authenticator app
second_factor-choose_app_hint = An app on your phone shows a new code every half minute.
second_factor-choose_key = Set up a security key or passkey
second_factor-choose_key_hint = A key for the USB port, or your phone or computer itself. It cannot be tricked by a false page.
second_factor-set_up_title = Authenticator app
second_factor-set_up_heading = Set up your authenticator app
second_factor-set_up_scan = Scan this picture with an authenticator app.
second_factor-set_up_picture = QR code. The same key stands below as text.
second_factor-set_up_type = Or type this key into the app:
second_factor-set_up_code = Code that the app shows now
second_factor-set_up_submit = Set up
second_factor-wrong_first_code = This code is wrong, so nothing was set up yet. Type the one that your app shows now.

## Recovery codes

second_factor-codes_title = Recovery codes
second_factor-codes_heading = Your recovery codes
second_factor-codes_what = Each of these codes lets { $username } in once, after the password, when neither app nor key is at hand.
second_factor-codes_once = They are shown only now. Print them, or keep them in a password manager.
second_factor-codes_kept = I have kept them
second_factor-codes_later = Go on without
second_factor-codes_left = { $count ->
    [0] You came in with your last recovery code.
    [one] You came in with a recovery code. { $count } is left.
   *[other] You came in with a recovery code. { $count } are left.
}
second_factor-codes_few = { $count ->
    [0] You have no recovery code, should you lose your second factor.
    [one] You have only { $count } recovery code left.
   *[other] You have only { $count } recovery codes left.
}
second_factor-codes_more = See to your second factors
second_factor-confirm_title = Recovery codes
second_factor-confirm_heading = Are they kept?
second_factor-confirm_why = Type one of your recovery codes from where you kept it. It is not used up.
second_factor-confirm_done = Your recovery codes are kept.

## A second factor that everybody must have

second_factor-missing_title = Second factor missing
second_factor-missing_heading = One more second factor
second_factor-missing_app = This shop asks everybody to set up an authenticator app.
second_factor-missing_key = This shop asks everybody to set up a security key or passkey.
second_factor-missing_set_up = Set it up now
second_factor-missing_later = Skip this configuration until next login.

## One's own second factors

second_factor-own_link = Your second factors
second_factor-own_title = Second factors
second_factor-own_heading = Your second factors
second_factor-own_what = After your password you show one of these at each sign-in.
second_factor-own_not_asked = Nobody is asked for a second factor here at present, so there is nothing to look after. Whatever was set up before is kept.
second_factor-own_back = Back to your second factors
second_factor-own_identity = { $name }, to change your second factors, type the password you have now.
second_factor-own_ends_others = End my other sessions as well
second_factor-own_remove = Remove
second_factor-own_last = This is the only second factor you have. Set up another one first, then it can be removed.
second_factor-own_gone = Nothing was changed: it is not there any more.
second_factor-own_app_there = Your app is set up.
second_factor-own_app_none = No app is set up.
second_factor-own_app_replace = Set up another app
second_factor-own_app_replace_what = Once the new app is set up, codes of the earlier one no longer work.
second_factor-own_app_remove = Remove the app
second_factor-own_app_remove_heading = Remove your authenticator app
second_factor-own_app_remove_what = Its codes will no longer let you in. Your security keys go on working.
second_factor-own_app_set = Your authenticator app is set up.
second_factor-own_app_removed = Your authenticator app was removed.
second_factor-own_keys = Security keys and passkeys
second_factor-own_key_none = No security key is set up.
second_factor-own_key_unknown = Security key from before
second_factor-own_key_added = Set up
second_factor-own_key_used = Last used
second_factor-own_key_unused = Not used yet
second_factor-own_key_rename = Rename
second_factor-own_key_rename_which = Rename { $name }
second_factor-own_key_rename_heading = Rename a security key
second_factor-own_key_name = Name
second_factor-own_name_wrong = A name is needed, with 64 characters at most.
second_factor-own_key_remove_which = Remove { $name }
second_factor-own_key_remove_heading = Remove a security key
second_factor-own_key_remove_what = “{ $name }” will no longer let you in.
second_factor-own_key_renamed = The security key has its new name.
second_factor-own_key_removed = The security key was removed.
second_factor-own_codes_left = { $count ->
    [0] You have none.
    [one] { $count } is left.
   *[other] { $count } are left.
}
second_factor-own_codes_renew = Make new codes
second_factor-own_codes_heading = New recovery codes
second_factor-own_codes_what = You get ten new codes. Any that you have from before no longer work.
second_factor-own_codes_submit = Show new codes
second_factor-own_codes_renewed = You have new recovery codes. Earlier ones no longer work.

## Other people's second factors

second_factor-people_link = Who has a second factor
second_factor-people_title = Other people's second factors
second_factor-people_heading = Who has a second factor
second_factor-people_search = Name, user name or email
second_factor-people_search_submit = Search
second_factor-people_only_without = Only who has to set one up
second_factor-people_none = Nobody was found.
second_factor-people_cut = There are more people than are shown. Search for a name to find the others.
second_factor-people_you = you
second_factor-people_keys = { $count ->
    [one] { $count } security key
   *[other] { $count } security keys
}
second_factor-people_codes = { $count ->
    [0] no recovery codes
    [one] { $count } recovery code
   *[other] { $count } recovery codes
}
second_factor-people_nothing = Nothing is set up. That has to be done at the next sign-in.
second_factor-people_unreadable = What is stored cannot be read, so nobody gets in with this account. Resetting it mends that.
second_factor-people_see = Manage
second_factor-people_see_which = Manage: { $name }
second_factor-people_back = Back to everybody
second_factor-people_gone = There is no such person, or the account is switched off.
second_factor-people_changed = Nothing was done: things have changed since the page was shown. This is how they are now.
second_factor-people_reset_heading = Something was lost?
second_factor-people_reset_what = What is reset no longer lets this person in. All their sessions end, and they are told by mail. If nothing is left, something new has to be set up at the next sign-in.
second_factor-people_reset_which = What to reset
second_factor-people_reset_all = Everything
second_factor-people_reset_submit = Reset
second_factor-people_reset_done = Configuration has been reset for this user.
second_factor-people_identity = { $name }, to reset what { $person } has set up, type the password you have now.
second_factor-people_link_heading = A link by mail
second_factor-people_link_what = A link to set up a second factor can be sent to { $email }. It works for an hour, once. Signing in needs the password besides.
second_factor-people_link_submit = Send the link
second_factor-people_link_sent = The link is on its way.
second_factor-people_no_address = This account has no email address that a link could be sent to. Whoever operates this shop can make one with:

## Signed in

home-title = Overview
home-heading = You are signed in
home-others_ended = All other open sessions for this account were terminated.
home-name = Name
home-username = Username
home-role = Role
home-no_role = None
home-signed_in_with = Signed in with
home-with_password = Commerce password
home-with_adobe_id = Adobe ID
home-previous = Last sign-in before this one

## Sign-out

sign_out-title = Sign out
sign_out-heading = Sign out?
sign_out-who = You are signed in as { $name }.
sign_out-submit = Sign out
sign_out-stay = Stay signed in
sign_out-done = You have logged out. Your session in this browser has ended; sessions in other browsers go on.
sign_out-there = You are signed out here. You are being led to { $provider } to be signed out there as well.

## Signed out

signed_out-title = You are signed out
signed_out-both = You are signed out here and at { $provider }.
signed_out-outage = You are signed out here. At { $provider } you may still be signed in, because it gave no answer.
signed_out-refused = You are signed out here. At { $provider } you may still be signed in, because it did not do as it was asked.
signed_out-not_offered = You are signed out here. At { $provider } you may still be signed in, because it offers no way to sign out from here.
signed_out-shared = If others use this computer, sign out at { $provider } as well: who is signed in there can sign in here.
signed_out-again = Sign in again

## Without a role

no_permission-title = No permission
no_permission-what = The account { $username } has no role yet, so there is nothing it may do. Ask an administrator of this shop to give it one.
no_permission-other = Sign in with another account
denied-heading = Sorry, you need permissions to view this content.
denied-next_steps = Next steps
denied-sign_in_again = If you think this is an error, try signing out and signing in again.
denied-ask = Contact a system administrator or store owner to gain permissions.
denied-back = Back to the overview

## Before a session ends

expiry-heading = Are you still there?
expiry-soon = You will be signed out in
expiry-over_heading = You were signed out
expiry-over = This page was not used for a long time. What you typed is still here: when you send it, you will be asked to sign in, and it is kept.
expiry-failed = That did not reach the server. Please try again in a moment.
expiry-close = Back to the page

## Showing who one is

identity-legend = Current User Identity Verification
identity-why = { $name }, to change your account, type the password you have now.
identity-password = Your Password
identity-confirmed = You have shown who you are; you need not type your password again.
identity-wrong = The password entered for the current user is invalid. Verify the password and try again.
identity-unconfirmed = You waited too long, so please show once more who you are.
identity-at_provider = To apply changes you need to verify your Adobe identity.
identity-at = To apply changes you need to show at { $provider } who you are.
identity-go = Confirm Identity
identity-confirmed_at_provider = Identity verified. Your changes are not saved yet.

## Why a session is over

session_ended-signed_in_elsewhere = Someone logged into this account from another device or browser. Your current session is terminated.
session_ended-by_owner = Your current session is terminated by another user of this account.
session_ended-by_operator = Your session was ended by whoever operates this shop.
session_ended-password_changed = Your password was changed, so this session has ended.
session_ended-account_disabled = Your account is temporarily disabled. Please try again later.
session_ended-revoked_by_provider = The service that you signed in with does not stand by this session any more. Please sign in again.
session_ended-provider_unreachable = The service that you signed in with gave no answer for too long, so this session has ended.
session_ended-signed_out_at_provider = You signed out where you had signed in, so this session has ended too.
session_ended-second_factor_needed = A second factor is asked for now. Please sign in again.
session_ended-second_factor_changed = Your second factor was changed, so this session has ended.
session_ended-expired = Your current session has been expired.

## Forgot your password?

forgot_password-title = Password help
forgot_password-heading = Password Help
forgot_password-introduction = Enter your email address. You will receive an email with a link to reset your password.
forgot_password-email = Email address
forgot_password-submit = Retrieve Password
forgot_password-back = Back to Sign in
forgot_password-missing = Please enter an email address.
forgot_password-invalid = Please correct this email address.
forgot_password-too_many = We received too many requests for password resets. Please wait and try again later.
forgot_password-too_many_contact = We received too many requests for password resets. Please wait and try again later or contact { $contact }.
forgot_password-done = We'll email you a link to reset your password.

## One's own account

account-title = Account
account-heading = My Account
account-who = Account Information
account-username = User Name
account-first_name = First Name
account-last_name = Last Name
account-email = Email
account-language = Interface Language
account-new_password = New password
account-keep_password = Leave both fields empty to keep the password you have. Changing it ends your other sessions.
account-submit = Save Account
account-saved = You saved the account.
account-kept = You are signed in again, and nothing that you typed is lost. Please check it and save.
account-adobe = Your account is managed with Adobe ID while the Adobe IMS integration is on.
account-adobe_at = Your account is managed at { $provider } for as long as people sign in there.
account-email_note = Use the same email user has in Adobe IMS organization.
account-username_missing = "User Name" is required. Enter and try again.
account-username_too_long = "User Name" may have 40 characters at most.
account-first_name_wrong = "First Name" is required, with 32 characters at most.
account-last_name_wrong = "Last Name" is required, with 32 characters at most.
account-email_wrong = Please enter a valid email.
account-language_wrong = Please choose one of the languages.
account-taken = A user with the same user name or email already exists.

## One's own sessions

sessions-title = Sessions
sessions-heading = Where you are signed in
sessions-introduction = If there is one that you do not recognise, end it and change your password.
sessions-introduction_at_provider = If there is one that you do not recognise, end it, and see to your account at the service that you signed in with.
sessions-this = this browser
sessions-from = From { $address }
sessions-started = Since
sessions-last_seen = Last used
sessions-end = End
sessions-end_which = End the session in { $browser } from { $address } since { $moment }
sessions-end_others = Log out all other sessions
sessions-ended = The session was ended.
sessions-gone = That session is over already.
sessions-some_browser = A browser that does not say its name

## Configuration

configuration-title = Configuration
configuration-link = How people sign in, and which policies hold
configuration-heading = Configuration of the Admin
configuration-integration = Adobe IMS integration
configuration-is_on = The integration is on: people sign in with Adobe ID.
configuration-is_on_at = The integration is on: people sign in with { $provider }.
configuration-is_off = The integration is off: people sign in with a Commerce password.
configuration-since = Since
configuration-changed_by = Switched by
configuration-trial_until = On trial until
configuration-trial = If no admin with full rights signs in by then, the integration switches off by itself.
configuration-provider = Provider
configuration-organization = Organization
configuration-client = Client ID and client secret
configuration-client_configured = Configured
configuration-client_missing = Not complete
configuration-switch_off = It can be switched from the command line only. Whoever operates the shop brings Commerce passwords back with:
configuration-switch_on = It can be switched from the command line only. Whoever operates the shop switches it on with:
configuration-policies = Policies
configuration-policies_why = They are set with the paths beside them, from the command line or in PHP Commerce, and hold from the next request on.
configuration-passwords = Passwords
configuration-passwords_later = They wait while the integration is on, and hold again as soon as it is off.
configuration-lifetime_none = A password may get as old as its owner likes.
configuration-lifetime_forced = { $days ->
    [one] A password older than { $days } day must be changed before anything else.
   *[other] A password older than { $days } days must be changed before anything else.
}
configuration-lifetime_recommended = { $days ->
    [one] Whoever has a password older than { $days } day is asked to change it.
   *[other] Whoever has a password older than { $days } days is asked to change it.
}
configuration-lockout_none = Wrong passwords lock no account.
configuration-lockout = { $failures ->
    [one] { $failures } wrong password locks an account for { $time }.
   *[other] { $failures } wrong passwords within { $time } lock an account for as long.
}
configuration-case_matters = User names are told apart by capital and small letters.
configuration-case_free = Capital and small letters make no difference in user names.
configuration-link_lasts = A link to set a password works for { $time }.
configuration-requests = { $most ->
    [one] One such link may be asked for within an hour, and at the earliest { $time } after the one before.
   *[other] { $most } such links may be asked for within an hour, each at the earliest { $time } after the one before.
}
configuration-requests_most = { $most ->
    [one] One such link may be asked for within an hour.
   *[other] { $most } such links may be asked for within an hour.
}
configuration-requests_pause = Such a link may be asked for at the earliest { $time } after the one before.
configuration-requests_free = Such links may be asked for as often as one likes.
configuration-sessions = Sessions
configuration-session_idle = A session ends after { $time } without use.
configuration-session_absolute = It ends after { $time }, however much it is used.
configuration-session_endless = It has no other end as long as it is used.
configuration-session_shared = One account may be signed in in several browsers at once.
configuration-session_alone = Who signs in elsewhere ends the session before.

## A new password by a mailed link

reset_password-title = Reset a Password
reset_password-heading = Reset a Password
reset_password-what_ends = Every other session of your account ends.
reset_password-new = New Password
reset_password-confirm = Confirm New Password
reset_password-submit = Reset Password
reset_password-done = You updated your password.
reset_password-expired = Your password reset link has expired.

## Rules for a new password

password_rules-commerce = { $minimum ->
    [one] Letters and digits, at least { $minimum } character.
   *[other] Letters and digits, at least { $minimum } characters.
} A sentence of several words is easy to remember.
password_rules-empty = Password is required field.
password_rules-too_short = Your password must be at least { $minimum } characters.
password_rules-not_alphanumeric = Your password must include both numeric and alphabetic characters.
password_rules-confirmation_differs = Your password confirmation must match your password.
password_rules-used = Sorry, but this password has already been used. Please create another.
password_rules-modern = At least { $minimum } characters: a few words that do not belong together. No digits or capitals are asked for.
password_rules-too_long = Your password may have { $bytes } bytes at most.
password_rules-common = Many people use this password or one like it. Put several unrelated words together.
password_rules-own_words = This password is made of your names or the shop's. Use words that have nothing to do with you.
password_rules-keyboard_pattern = Rows of keys are guessed early. Put several unrelated words together.
password_rules-repetition = Repeating something adds little. Put several different words together.
password_rules-sequence = Letters or numbers in order are guessed early. Put several unrelated words together.
password_rules-date = Dates and years are guessed early. Put several unrelated words together.
password_rules-word = A name or one word is guessed early. Put several unrelated words together.
password_rules-predictable = This password can be guessed. Add another word or two that do not belong together.

## The puzzle of a throttled form

puzzle-needed = There were several attempts. Please try once more.
puzzle-wait = Please wait 15 seconds before you send this form.
puzzle-working = One moment: your browser is working on a small sum that keeps out programs.
puzzle-solved = Ready: you can go on.

## Mail

mail_letter-greeting = Hello { $name },
mail_letter-footer = This mail comes from the Admin of { $shop }.

mail_reset_link-subject = Password Reset Confirmation for { $name }
mail_reset_link-why = Somebody, probably you, asked for a new password for your account { $username }. You can set it here:
mail_reset_link-link = Set a new password
mail_reset_link-terms = { $hours ->
    [one] The link works once, within an hour.
   *[other] The link works once, within { $hours } hours.
}
mail_reset_link-ignore = If you did not ask for it, you need not do anything: your password stays as it is.

mail_set_password-subject = Set your password for the Admin
mail_set_password-why = The Admin asks for a Commerce password again. Your account { $username } has none yet; please set one here:
mail_set_password-link = Set your password
mail_set_password-later = After that, use “Forgot your password?” on the sign-in page.

mail_second_factor-subject = Second factor of { $username }
mail_second_factor-app_enrolled = On { $moment } an authenticator app was set up for signing in to your account { $username }.
mail_second_factor-key_enrolled = On { $moment } a security key was set up for signing in to your account { $username }.
mail_second_factor-app_removed = On { $moment } the authenticator app of your account { $username } was taken away. At the next sign-in you are asked to set up a second factor, unless you have another.
mail_second_factor-key_removed = On { $moment } one or more security keys of your account { $username } were taken away. At the next sign-in you are asked to set up a second factor, unless you have another.
mail_second_factor-recovery_code_used = On { $moment } somebody, probably you, signed in to your account { $username } with a recovery code.
mail_second_factor-recovery_codes_issued = On { $moment } new recovery codes were made for your account { $username }. The earlier ones no longer work.
mail_second_factor-locked = On { $moment } somebody who knows the password of your account { $username } typed too many wrong codes. For a while no code is accepted from there.
mail_second_factor-cloned_key = On { $moment } a security key of your account { $username } was refused, because it counts its uses as if there were a copy of it. Take it out of use.
mail_second_factor-unexpected = If it was not you, set a new password at once, and tell whoever looks after the shop.
mail_second_factor-link = Set a new password

mail_enrolment_link-subject = 2FA configuration required for { $name }
mail_enrolment_link-why = To sign in to { $shop } with your account { $username } you need a second factor besides your password. You can set it up here:
mail_enrolment_link-link = Set up the second factor
mail_enrolment_link-terms = The link works for one hour, in a browser in which you type your password.
mail_enrolment_link-ignore = If you did not just try to sign in, and nobody told you that this mail would come, somebody else may know your password: set a new one, and tell whoever looks after the shop.

mail_password_changed-subject = New password for { $username }
mail_password_changed-what = The password of your account { $username } was changed on { $moment }.
mail_password_changed-ended = Wherever the account was signed in, it no longer is.
mail_password_changed-unexpected = If it was not you, set a new password at once, and tell whoever looks after the shop.
mail_password_changed-link = Set a new password

mail_account_changed-subject = New { $changes } for { $username }
mail_account_changed-what = Your account { $username } was changed on { $moment }.
mail_account_changed-changed = New
mail_account_changed-email = email
mail_account_changed-password = password
mail_account_changed-username = username
mail_account_changed-where = This mail goes to the address that the account had until then.
mail_account_changed-unexpected = If you did not expect this, please tell whoever looks after the shop.

mail_new_browser-subject = New sign-in as { $username }
mail_new_browser-what = Somebody signed in to your account { $username } with a browser that had not been used for it before.
mail_new_browser-time = Time
mail_new_browser-address = Address
mail_new_browser-browser = Browser
mail_new_browser-unexpected = If it was you, there is nothing to do. If not, end that session on your account page, and choose a new password there.
mail_new_browser-link = Your account and its sessions

mail_admin_created-subject = New admin user '{ $username }' created
mail_admin_created-what = A new admin user was created on { $moment }.
mail_admin_created-username = Username
mail_admin_created-name = Name
mail_admin_created-email = Email
mail_admin_created-unexpected = If nobody of you did this, switch the account off, and find out who could create it.

mail_welcome-subject = { $name }, you now have access to Adobe Commerce
mail_welcome-what = The administrator at { $shop } has given you access to the Adobe Commerce Admin.
mail_welcome-how = Sign in there with the account of your organization that has the address { $email }.
mail_welcome-begin = Get started
mail_welcome-documentation = Documentation
mail_welcome-release_notes = Release notes

## What goes wrong

problem-reference = Reference:
problem-back = Back to the first page
problem-not_found = There is no such page
problem-not_found_text = Please check the address.
problem-method = This page cannot be used that way
problem-go_back = Please go back and try again.
problem-cross_site = This form came from another site
problem-cross_site_text = Nothing was changed. Please open the page itself and try again.
problem-unintelligible = This request cannot be read
problem-too_large = This request is too large
problem-too_slow = This took too long
problem-too_slow_text = The answer was given up. Please try again in a moment.
problem-overloaded = Too many sign-ins at once
problem-overloaded_text = Nothing is wrong with your password. Please try again in a few seconds.
problem-unavailable = A server behind this page cannot be reached
problem-unavailable_text = Nobody can be let in until it can. Please try again in a few seconds.
problem-unavailable_form = As far as is known, nothing was changed. Reload this page in a few seconds: your browser then sends the form again.
problem-fault = Something went wrong
problem-fault_text = It was written to the log. Whoever looks after this shop finds it there by the reference below.
