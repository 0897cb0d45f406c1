# Svenska

language-name = Svenska
language-locale = sv_SE
language-direction = ltr
language-choose = Språk

## Tider

moment = { $day } { $month ->
    [1] januari
    [2] februari
    [3] mars
    [4] april
    [5] maj
    [6] juni
    [7] juli
    [8] augusti
    [9] september
    [10] oktober
    [11] november
   *[12] december
} { $year }, { $time }
minutes = { $count ->
    [one] { $count } minut
   *[other] { $count } minuter
}
hours = { $count ->
    [one] { $count } timme
   *[other] { $count } timmar
}
seconds = { $count ->
    [one] { $count } sekund
   *[other] { $count } sekunder
}

## Varje sida

page-error-title = Fel: { $title }
page-pages = Sidor
page-stale = Sidan har varit öppen för länge. Ingenting har ändrats; försök igen.
page-grace = Tjänsten som du loggade in med svarar inte just nu. Du kan fortsätta till { $until }; har den inte svarat då avslutas den här sessionen.

## Lösenordsfält

password-show = Visa
password-hide = Dölj
password-old = Det är dags att byta lösenord.
password-old_first = Det är dags att byta lösenord. Först därefter kan du fortsätta.
password-change = Byt nu
password-caps_lock = Caps Lock är på.

## Inloggning

sign_in-title = Logga in
sign_in-heading = Välkommen, logga in
sign_in-username = Användarnamn
sign_in-password = Lösenord
sign_in-submit = Logga in
sign_in-forgot_password = Glömt lösenordet?
sign_in-bad_credentials = Inloggningen var felaktig eller så är ditt konto tillfälligt inaktiverat. Vänta en stund och försök igen senare.
sign_in-needed = Logga in först.
sign_in-kept = Din session var över. Logga in så finns det du skrev där igen.
sign_in-no_role = Du behöver fler behörigheter för att komma in här.

## Inloggning med Adobe ID

adobe_sign_in-heading = Logga in
adobe_sign_in-introduction = Logga in för att använda din organisations Adobe Commerce.
adobe_sign_in-submit = Logga in med Adobe ID
adobe_sign_in-help = Den här Commerce-installationen hanteras av en organisation. Kontakta organisationens administratör för att få åtkomst.
adobe_sign_in-use = Logga in med Adobe ID
adobe_sign_in-use_at = Logga in med { $provider }
adobe_sign_in-title = Logga in med Adobe ID
adobe_sign_in-submit_at = Logga in med { $provider }
adobe_sign_in-other_account = Använd ett annat konto

## På väg till inloggningstjänsten

leave-title = Till inloggningen
leave-title_confirm = Till bekräftelsen
leave-heading = Ett ögonblick
leave-why = Du leds till Adobe för att logga in där.
leave-why_at = Du leds till { $provider } för att logga in där.
leave-confirm = Du leds till Adobe för att där visa en gång till vem du är.
leave-confirm_at = Du leds till { $provider } för att där visa en gång till vem du är.
leave-go = Gå dit nu

## Vad som går fel där

trouble-off = Alla loggar nu in med ett Commerce-lösenord. Logga in med ditt; har du inget kan du begära en länk för att skapa ett.
trouble-again = Den här inloggningen gäller inte längre: den påbörjades för länge sedan, är redan använd eller påbörjades i en annan webbläsare. Börja om.
trouble-unreachable = Inloggningstjänsten svarar inte just nu. Försök igen om en liten stund.
trouble-too_many = För många inloggningar har påbörjats härifrån utan att avslutas. Vänta några minuter och försök sedan igen.
trouble-denied = Inloggningen avbröts. Börja om eller använd ett annat konto.
trouble-other_person = Du loggade in som någon annan än personen i den här sessionen, så ingenting bekräftades.
trouble-not_member = Det går inte att logga in med det här kontot. Det tillhör inte butikens organisation; använd ett annat konto.
trouble-no_second_factor = Du måste visa en andra faktor där du loggar in, och ingen visades. Logga in där en gång till med den; har du ingen där än, ställ först in en.
trouble-no_access = Du har inte åtkomst till den här Commerce-instansen. Be en administratör för butiken om det.
trouble-failed = Något gick fel och vi kunde inte logga in dig. Försök igen eller kontakta din administratör.
trouble-operator = För den som driver butiken
trouble-command = Om detta består återställs Commerce-lösenorden med:

## Den andra faktorn

second_factor-app_title = Andra faktor
second_factor-app_heading = Koden i din app
second_factor-app_why = { $username }, skriv koden som din autentiseringsapp visar nu.
second_factor-app_code = Autentiseringskod
second_factor-submit = Bekräfta
second_factor-other_ways = Andra sätt
second_factor-use_app = Använd en kod från din autentiseringsapp
second_factor-use_key = Använd en säkerhetsnyckel
second_factor-use_recovery_code = Använd en återställningskod
second_factor-give_up = Använd ett annat konto
second_factor-wrong_code = Koden är fel. Skriv den som din app visar nu. Om det fortsätter, låt telefonen ställa klockan själv.
second_factor-clock_ahead = Koden är rätt för en klocka som går { $time } före. Låt telefonen ställa klockan själv och skriv sedan koden som appen visar.
second_factor-clock_behind = Koden är rätt för en klocka som går { $time } efter. Låt telefonen ställa klockan själv och skriv sedan koden som appen visar.
second_factor-used_code = Koden har redan använts. Vänta tills din app visar nästa.
second_factor-locked = Det var för många felaktiga koder. Om { $time } tas koder emot igen; till dess kan ett annat sätt fungera.
second_factor-closed = Det var hundra felaktiga koder, så ingen tas emot längre. Använd ett annat sätt eller fråga den som driver butiken.
second_factor-refused = Det här sättet är inte öppet för dig. Använd ett annat.
second_factor-recovery_title = Återställningskod
second_factor-recovery_heading = Återställningskod
second_factor-recovery_why = { $username }, skriv en av koderna som du har sparat. Den fungerar en gång.
second_factor-recovery_code = Återställningskod
second_factor-wrong_recovery_code = Det här är ingen av dina koder, eller så har den redan använts.

## Säkerhetsnycklar och passnycklar

key-title = Andra faktor
key-heading = Din säkerhetsnyckel
key-why = { $username }, visa säkerhetsnyckeln eller passnyckeln som du har ställt in här.
key-submit = Använd säkerhetsnyckel
key-no_other_way = Inget annat är inställt för ditt konto. Om nyckeln är borta kan du be den som sköter butiken att ta bort den; sedan kan du ställa in en annan.
key-waiting = Webbläsaren frågar efter nyckeln nu. Sätt i den och rör vid den, eller lås upp din enhet.
key-unsupported = Den här webbläsaren kan inte använda säkerhetsnycklar, eller kör inga skript. Använd en annan webbläsare.
key-elsewhere = Säkerhetsnycklar fungerar inte på den här adressen. Öppna butiken på adressen som de är bundna till, eller fråga den som driver den.
key-cancelled = Ingen nyckel visades: begäran avbröts eller tog för lång tid. Försök igen.
key-known = Nyckeln är redan inställd för ditt konto. Använd en annan.
key-failed = Det gick inte att fråga efter din nyckel. Försök igen.
key-refused = Nyckeln godtogs inte. Använd en annan nyckel eller ett annat sätt.
key-unknown = Nyckeln är inte inställd här, eller har tagits bort. Använd en annan nyckel eller ett annat sätt.
key-unverified = Nyckeln kontrollerade inte att det är du. Lås upp den med dess pinkod, ditt finger eller ditt ansikte.
key-cloned = Nyckeln nekades, eftersom den räknar sina användningar som om det fanns en kopia av den. Använd en annan nyckel eller ett annat sätt, och ta bort den här.
key-set_up_title = Säkerhetsnyckel
key-set_up_heading = Ställ in en säkerhetsnyckel eller passnyckel
key-set_up_what = Det kan vara en nyckel för USB-porten, eller telefonen eller datorn själv. Vid varje inloggning visar du den genom att röra vid den eller låsa upp den; många släpper in dig även utan lösenord.
key-set_up_binds = Den är bunden till den här sidans adress, så att ingen falsk sida kan få ut något av den. Någon annanstans är den till ingen nytta.
key-set_up_lost = Om den kommer bort släpper en annan nyckel, en autentiseringsapp eller en återställningskod in dig. Ta sedan bort den förlorade nyckeln.
key-set_up_name = Nyckelns namn
key-set_up_hint = Som du känner igen den på bland dina nycklar, till exempel ”Blå nyckel på nyckelringen”.
key-set_up_submit = Ställ in nyckeln
key-set_up_refused = Nyckeln godtogs inte, så inget har ställts in. Använd en annan.
key-set_up_model = Butiken godtar inte nycklar av den här modellen, så inget har ställts in. Använd en annan.
key-set_up_many = Du har så många nycklar som det kan finnas. Ta bort en först.
key-set_up_kept = Nyckeln har svarat. Visa vem du är, så ställs den in.
key-added = Nyckeln är inställd.
passkey-submit = Logga in med en passnyckel
passkey-refused = Passnyckeln godtogs inte. Logga in med ditt lösenord.
passkey-unknown = Passnyckeln är inte känd här, eller har tagits bort. Logga in med ditt lösenord.
passkey-not_offered = Passnycklar godtas inte här. Logga in med ditt lösenord.

## Ställa in en andra faktor på vägen in

second_factor-request_title = Andra faktor behövs
second_factor-request_heading = Du behöver en andra faktor
second_factor-request_sent = Vi har skickat en länk till e-postadressen för ditt konto. Följ den inom en timme, i den här webbläsaren, för att ställa in en andra faktor.
second_factor-request_no_mail = Om inget brev kommer kan den som driver butiken göra en länk åt dig med:
second_factor-request_no_address = Ditt konto har ingen e-postadress som en länk kan skickas till. Den som driver butiken kan göra en åt dig med:
second_factor-request_again = Skicka ett brev till
second_factor-link_sent_again = Ett brev till är på väg.
second_factor-link_recently = Ett brev skickades för en kort stund sedan. Om { $time } kan du be om ett till.
second_factor-link_void = Länken är för gammal, har redan använts eller gäller ett annat konto. En ny skickas till dig med e-post.
second_factor-choose_title = Andra faktor
second_factor-choose_heading = Välj en andra faktor
second_factor-choose_why = Du visar den efter lösenordet vid varje inloggning.
second_factor-choose_app = Ställ in en autentiseringsapp
second_factor-choose_app_hint = En app i telefonen visar en ny kod varje halv minut.
second_factor-choose_key = Ställ in en säkerhetsnyckel eller passnyckel
second_factor-choose_key_hint = En nyckel för USB-porten, eller telefonen eller datorn själv. Den kan inte luras av en falsk sida.
second_factor-set_up_title = Autentiseringsapp
second_factor-set_up_heading = Ställ in din autentiseringsapp
second_factor-set_up_scan = Läs av bilden med en autentiseringsapp.
second_factor-set_up_picture = QR-kod. Samma nyckel står nedanför som text.
second_factor-set_up_type = Eller skriv nyckeln i appen:
second_factor-set_up_code = Kod som appen visar nu
second_factor-set_up_submit = Ställ in
second_factor-wrong_first_code = Koden är fel, så inget har ställts in ännu. Skriv den som din app visar nu.

## Återställningskoder

second_factor-codes_title = Återställningskoder
second_factor-codes_heading = Dina återställningskoder
second_factor-codes_what = Var och en av koderna släpper in { $username } en gång, efter lösenordet, när varken app eller nyckel finns till hands.
second_factor-codes_once = De visas bara nu. Skriv ut dem eller spara dem i en lösenordshanterare.
second_factor-codes_kept = Jag har sparat dem
second_factor-codes_later = Gå vidare utan
second_factor-codes_left = { $count ->
    [0] Du kom in med din sista återställningskod.
    [one] Du kom in med en återställningskod. { $count } är kvar.
   *[other] Du kom in med en återställningskod. { $count } är kvar.
}
second_factor-codes_few = { $count ->
    [0] Du har ingen återställningskod, om du skulle bli av med din andra faktor.
    [one] Du har bara { $count } återställningskod kvar.
   *[other] Du har bara { $count } återställningskoder kvar.
}
second_factor-codes_more = Se över dina andra faktorer
second_factor-confirm_title = Återställningskoder
second_factor-confirm_heading = Är de sparade?
second_factor-confirm_why = Skriv en av dina återställningskoder från där du sparade den. Den förbrukas inte.
second_factor-confirm_done = Dina återställningskoder är sparade.

## En andra faktor som alla måste ha

second_factor-missing_title = Andra faktor saknas
second_factor-missing_heading = En andra faktor till
second_factor-missing_app = Butiken ber alla att ställa in en autentiseringsapp.
second_factor-missing_key = Butiken ber alla att ställa in en säkerhetsnyckel eller passnyckel.
second_factor-missing_set_up = Ställ in den nu
second_factor-missing_later = Hoppa över till nästa inloggning.

## De egna andra faktorerna

second_factor-own_link = Dina andra faktorer
second_factor-own_title = Andra faktorer
second_factor-own_heading = Dina andra faktorer
second_factor-own_what = Efter lösenordet visar du en av dem vid varje inloggning.
second_factor-own_not_asked = Just nu behöver ingen visa en andra faktor här, så det finns inget att se över. Det som har ställts in tidigare finns kvar.
second_factor-own_back = Tillbaka till dina andra faktorer
second_factor-own_identity = { $name }, skriv ditt nuvarande lösenord för att ändra dina andra faktorer.
second_factor-own_ends_others = Avsluta även mina andra sessioner
second_factor-own_remove = Ta bort
second_factor-own_last = Det här är den enda andra faktor du har. Ställ först in en till, sedan kan den tas bort.
second_factor-own_gone = Inget har ändrats: den finns inte längre.
second_factor-own_app_there = Din app är inställd.
second_factor-own_app_none = Ingen app är inställd.
second_factor-own_app_replace = Ställ in en annan app
second_factor-own_app_replace_what = När den nya appen är inställd fungerar den tidigare appens koder inte längre.
second_factor-own_app_remove = Ta bort appen
second_factor-own_app_remove_heading = Ta bort din autentiseringsapp
second_factor-own_app_remove_what = Appens koder släpper då inte längre in dig. Dina säkerhetsnycklar fungerar som förut.
second_factor-own_app_set = Din autentiseringsapp är inställd.
second_factor-own_app_removed = Din autentiseringsapp har tagits bort.
second_factor-own_keys = Säkerhetsnycklar och passnycklar
second_factor-own_key_none = Ingen säkerhetsnyckel är inställd.
second_factor-own_key_unknown = Säkerhetsnyckel från förr
second_factor-own_key_added = Inställd
second_factor-own_key_used = Senast använd
second_factor-own_key_unused = Inte använd än
second_factor-own_key_rename = Byt namn
second_factor-own_key_rename_which = Byt namn på { $name }
second_factor-own_key_rename_heading = Byt namn på en säkerhetsnyckel
second_factor-own_key_name = Namn
second_factor-own_name_wrong = Ett namn behövs, med högst 64 tecken.
second_factor-own_key_remove_which = Ta bort { $name }
second_factor-own_key_remove_heading = Ta bort en säkerhetsnyckel
second_factor-own_key_remove_what = ”{ $name }” släpper då inte längre in dig.
second_factor-own_key_renamed = Säkerhetsnyckeln har sitt nya namn.
second_factor-own_key_removed = Säkerhetsnyckeln har tagits bort.
second_factor-own_codes_left = { $count ->
    [0] Du har inga.
    [one] { $count } är kvar.
   *[other] { $count } är kvar.
}
second_factor-own_codes_renew = Skapa nya koder
second_factor-own_codes_heading = Nya återställningskoder
second_factor-own_codes_what = Du får tio nya koder. De du har från tidigare fungerar då inte längre.
second_factor-own_codes_submit = Visa nya koder
second_factor-own_codes_renewed = Du har nya återställningskoder. De tidigare fungerar inte längre.

## Andras andra faktorer

second_factor-people_link = Vem som har en andra faktor
second_factor-people_title = Andra personers andra faktorer
second_factor-people_heading = Vem som har en andra faktor
second_factor-people_search = Namn, användarnamn eller e-postadress
second_factor-people_search_submit = Sök
second_factor-people_only_without = Bara de som måste ställa in en
second_factor-people_none = Ingen hittades.
second_factor-people_cut = Det finns fler personer än de som visas. Sök på ett namn för att hitta de andra.
second_factor-people_you = du
second_factor-people_keys = { $count ->
    [one] { $count } säkerhetsnyckel
   *[other] { $count } säkerhetsnycklar
}
second_factor-people_codes = { $count ->
    [0] inga återställningskoder
    [one] { $count } återställningskod
   *[other] { $count } återställningskoder
}
second_factor-people_nothing = Inget är inställt. Det måste göras vid nästa inloggning.
second_factor-people_unreadable = Det som är sparat går inte att läsa, så ingen kommer in med kontot. En återställning avhjälper det.
second_factor-people_see = Hantera
second_factor-people_see_which = Hantera: { $name }
second_factor-people_back = Tillbaka till alla
second_factor-people_gone = Personen finns inte, eller så är kontot avstängt.
second_factor-people_changed = Inget gjordes: något har ändrats sedan sidan visades. Så här är det nu.
second_factor-people_reset_heading = Har något kommit bort?
second_factor-people_reset_what = Det som återställs släpper inte längre in personen. Alla personens sessioner avslutas, och personen får veta det med e-post. Om inget är kvar måste något nytt ställas in vid nästa inloggning.
second_factor-people_reset_which = Vad som återställs
second_factor-people_reset_all = Allt
second_factor-people_reset_submit = Återställ
second_factor-people_reset_done = Konfigurationen för användaren har återställts.
second_factor-people_identity = { $name }, skriv ditt nuvarande lösenord för att återställa det som { $person } har ställt in.
second_factor-people_link_heading = En länk med e-post
second_factor-people_link_what = En länk för att ställa in en andra faktor kan skickas till { $email }. Den fungerar i en timme, en gång. För att logga in behövs dessutom lösenordet.
second_factor-people_link_submit = Skicka länken
second_factor-people_link_sent = Länken är på väg.
second_factor-people_no_address = Kontot har ingen e-postadress som en länk kan skickas till. Den som driver butiken kan göra en med:

## Inloggad

home-title = Översikt
home-heading = Du är inloggad
home-others_ended = Alla andra öppna sessioner för kontot har avslutats.
home-name = Namn
home-username = Användarnamn
home-role = Roll
home-no_role = Ingen
home-signed_in_with = Inloggad med
home-with_password = Commerce-lösenord
home-with_adobe_id = Adobe ID
home-previous = Föregående inloggning

## Utloggning

sign_out-title = Logga ut
sign_out-heading = Logga ut?
sign_out-who = Du är inloggad som { $name }.
sign_out-submit = Logga ut
sign_out-stay = Förbli inloggad
sign_out-done = Du har loggat ut. Din session i den här webbläsaren har avslutats; sessioner i andra webbläsare fortsätter.
sign_out-there = Du är utloggad här. Du leds vidare till { $provider } för att loggas ut där också.

## Utloggad

signed_out-title = Du är utloggad
signed_out-both = Du är utloggad här och hos { $provider }.
signed_out-outage = Du är utloggad här. Hos { $provider } kan du fortfarande vara inloggad, eftersom inget svar kom.
signed_out-refused = Du är utloggad här. Hos { $provider } kan du fortfarande vara inloggad, eftersom begäran inte utfördes där.
signed_out-not_offered = Du är utloggad här. Hos { $provider } kan du fortfarande vara inloggad, eftersom det inte går att logga ut där härifrån.
signed_out-shared = Om andra använder den här datorn bör du även logga ut hos { $provider }: den som är inloggad där kan logga in här.
signed_out-again = Logga in igen

## Utan roll

no_permission-title = Ingen behörighet
no_permission-what = Kontot { $username } har ingen roll än och får därför inte göra något. Be en administratör för butiken att ge det en.
no_permission-other = Logga in med ett annat konto
denied-heading = Du behöver fler behörigheter för att se det här.
denied-next_steps = Vad du kan göra
denied-sign_in_again = Om du tror att det är fel, logga ut och logga in igen.
denied-ask = Be en systemadministratör eller butikens ägare om fler behörigheter.
denied-back = Tillbaka till översikten

## Innan en session går ut

expiry-heading = Är du kvar?
expiry-soon = Du loggas ut om
expiry-over_heading = Du har loggats ut
expiry-over = Sidan har inte använts på länge. Det du skrev finns kvar: när du skickar det får du logga in, och det sparas.
expiry-failed = Servern kunde inte nås. Försök igen om en stund.
expiry-close = Tillbaka till sidan

## Visa vem man är

identity-legend = Bekräfta att det är du
identity-why = { $name }, skriv ditt nuvarande lösenord för att ändra ditt konto.
identity-password = Ditt lösenord
identity-confirmed = Du har visat vem du är; du behöver inte skriva lösenordet igen.
identity-wrong = Lösenordet för den aktuella användaren är felaktigt. Kontrollera det och försök igen.
identity-unconfirmed = Du väntade för länge, så visa en gång till vem du är.
identity-at_provider = För att tillämpa ändringar måste du bekräfta din Adobe-identitet.
identity-at = För att tillämpa ändringar måste du visa hos { $provider } vem du är.
identity-go = Bekräfta identitet
identity-confirmed_at_provider = Identiteten är bekräftad. Dina ändringar är inte sparade än.

## Varför en session är över

session_ended-signed_in_elsewhere = Någon har loggat in på det här kontot från en annan enhet eller webbläsare. Din session har avslutats.
session_ended-by_owner = Sessionen har avslutats från en annan session för det här kontot.
session_ended-by_operator = Din session har avslutats av den som driver butiken.
session_ended-password_changed = Ditt lösenord har ändrats och därför har sessionen avslutats.
session_ended-account_disabled = Ditt konto är tillfälligt inaktiverat. Försök igen senare.
session_ended-revoked_by_provider = Tjänsten som du loggade in med står inte längre bakom den här sessionen. Logga in igen.
session_ended-provider_unreachable = Tjänsten som du loggade in med svarade inte på för länge, så den här sessionen har avslutats.
session_ended-signed_out_at_provider = Du loggade ut där du hade loggat in, så även den här sessionen har avslutats.
session_ended-second_factor_needed = Nu krävs en andra faktor. Logga in igen.
session_ended-second_factor_changed = Din andra faktor har ändrats, så sessionen har avslutats.
session_ended-expired = Din session har gått ut.

## Glömt lösenordet?

forgot_password-title = Hjälp med lösenordet
forgot_password-heading = Hjälp med lösenordet
forgot_password-introduction = Ange din e-postadress. Du får ett e-postmeddelande med en länk för att återställa lösenordet.
forgot_password-email = E-postadress
forgot_password-submit = Skicka länken
forgot_password-back = Tillbaka till inloggningen
forgot_password-missing = Ange en e-postadress.
forgot_password-invalid = E-postadressen stämmer inte. Rätta den.
forgot_password-too_many = Vi har fått för många förfrågningar om nytt lösenord. Vänta en stund och försök igen senare.
forgot_password-too_many_contact = Vi har fått för många förfrågningar om nytt lösenord. Vänta en stund och försök igen senare, eller kontakta { $contact }.
forgot_password-done = Vi skickar en länk för att återställa lösenordet med e-post.

## Det egna kontot

account-title = Konto
account-heading = Mitt konto
account-who = Kontouppgifter
account-username = Användarnamn
account-first_name = Förnamn
account-last_name = Efternamn
account-email = E-postadress
account-language = Språk i administrationen
account-new_password = Nytt lösenord
account-keep_password = Lämna båda fälten tomma för att behålla lösenordet. Ett nytt lösenord avslutar dina andra sessioner.
account-submit = Spara kontot
account-saved = Ditt konto har sparats.
account-kept = Du är inloggad igen och inget av det du skrev har gått förlorat. Kontrollera och spara.
account-adobe = Ditt konto hanteras med Adobe ID så länge integrationen med Adobe IMS är på.
account-adobe_at = Ditt konto hanteras hos { $provider } så länge man loggar in där.
account-email_note = Använd samma e-postadress som användaren har i Adobe IMS-organisationen.
account-username_missing = "Användarnamn" måste anges. Fyll i och försök igen.
account-username_too_long = "Användarnamn" får ha högst 40 tecken.
account-first_name_wrong = "Förnamn" måste anges, med högst 32 tecken.
account-last_name_wrong = "Efternamn" måste anges, med högst 32 tecken.
account-email_wrong = Ange en giltig e-postadress.
account-language_wrong = Välj ett av språken.
account-taken = Det finns redan en användare med samma användarnamn eller e-postadress.

## De egna sessionerna

sessions-title = Sessioner
sessions-heading = Var du är inloggad
sessions-introduction = Om det finns någon du inte känner igen, avsluta den och byt lösenord.
sessions-introduction_at_provider = Om det finns någon du inte känner igen, avsluta den och se över ditt konto hos tjänsten som du loggade in med.
sessions-this = den här webbläsaren
sessions-from = Från { $address }
sessions-started = Sedan
sessions-last_seen = Senast använd
sessions-end = Avsluta
sessions-end_which = Avsluta sessionen i { $browser } från { $address } sedan { $moment }
sessions-end_others = Logga ut alla andra sessioner
sessions-ended = Sessionen har avslutats.
sessions-gone = Den sessionen är redan över.
sessions-some_browser = En webbläsare som inte anger sitt namn

## Konfiguration

configuration-title = Konfiguration
configuration-link = Hur man loggar in och vilka regler som gäller
configuration-heading = Konfiguration av Admin
configuration-integration = Adobe IMS-integration
configuration-is_on = Integrationen är på: man loggar in med Adobe ID.
configuration-is_on_at = Integrationen är på: man loggar in med { $provider }.
configuration-is_off = Integrationen är av: man loggar in med ett Commerce-lösenord.
configuration-since = Sedan
configuration-changed_by = Ändrad av
configuration-trial_until = På prov till
configuration-trial = Om ingen administratör med alla rättigheter loggar in före dess stänger integrationen av sig själv.
configuration-provider = Leverantör
configuration-organization = Organisation
configuration-client = Klient-ID och klienthemlighet
configuration-client_configured = Konfigurerade
configuration-client_missing = Inte fullständiga
configuration-switch_off = Det går bara att ändra från kommandoraden. Den som sköter butiken tar tillbaka Commerce-lösenorden med:
configuration-switch_on = Det går bara att ändra från kommandoraden. Den som sköter butiken slår på integrationen med:
configuration-policies = Regler
configuration-policies_why = De ställs in med sökvägarna intill, från kommandoraden eller i PHP Commerce, och gäller från nästa begäran.
configuration-passwords = Lösenord
configuration-passwords_later = De vilar medan integrationen är på och gäller igen så snart den är av.
configuration-lifetime_none = Ett lösenord får bli så gammalt som dess ägare vill.
configuration-lifetime_forced = { $days ->
    [one] Ett lösenord som är äldre än { $days } dag måste bytas före allt annat.
   *[other] Ett lösenord som är äldre än { $days } dagar måste bytas före allt annat.
}
configuration-lifetime_recommended = { $days ->
    [one] Den som har ett lösenord som är äldre än { $days } dag uppmanas att byta det.
   *[other] Den som har ett lösenord som är äldre än { $days } dagar uppmanas att byta det.
}
configuration-lockout_none = Felaktiga lösenord låser inget konto.
configuration-lockout = { $failures ->
    [one] { $failures } felaktigt lösenord låser ett konto i { $time }.
   *[other] { $failures } felaktiga lösenord inom { $time } låser ett konto lika länge.
}
configuration-case_matters = I användarnamn skiljs stora och små bokstäver åt.
configuration-case_free = I användarnamn spelar stora och små bokstäver ingen roll.
configuration-link_lasts = En länk för att välja ett lösenord fungerar i { $time }.
configuration-requests = { $most ->
    [one] En sådan länk får begäras inom en timme, och tidigast { $time } efter den förra.
   *[other] { $most } sådana länkar får begäras inom en timme, var och en tidigast { $time } efter den förra.
}
configuration-requests_most = { $most ->
    [one] En sådan länk får begäras inom en timme.
   *[other] { $most } sådana länkar får begäras inom en timme.
}
configuration-requests_pause = En sådan länk får begäras tidigast { $time } efter den förra.
configuration-requests_free = Sådana länkar får begäras så ofta man vill.
configuration-sessions = Sessioner
configuration-session_idle = En session avslutas efter { $time } utan användning.
configuration-session_absolute = Den avslutas efter { $time }, hur mycket den än används.
configuration-session_endless = Så länge den används avslutas den inte.
configuration-session_shared = Ett konto får vara inloggat i flera webbläsare samtidigt.
configuration-session_alone = Den som loggar in någon annanstans avslutar den tidigare sessionen.

## Ett nytt lösenord via en länk i e-post

reset_password-title = Återställ lösenord
reset_password-heading = Återställ lösenord
reset_password-what_ends = Alla andra sessioner för ditt konto avslutas.
reset_password-new = Nytt lösenord
reset_password-confirm = Bekräfta nytt lösenord
reset_password-submit = Återställ lösenord
reset_password-done = Ditt lösenord har uppdaterats.
reset_password-expired = Länken för att återställa lösenordet har gått ut.

## Regler för ett nytt lösenord

password_rules-commerce = { $minimum ->
    [one] Bokstäver och siffror, minst { $minimum } tecken.
   *[other] Bokstäver och siffror, minst { $minimum } tecken.
} En mening med några ord är lätt att komma ihåg.
password_rules-empty = Lösenord måste anges.
password_rules-too_short = Lösenordet måste ha minst { $minimum } tecken.
password_rules-not_alphanumeric = Lösenordet måste innehålla både siffror och bokstäver.
password_rules-confirmation_differs = Bekräftelsen måste stämma överens med lösenordet.
password_rules-used = Det här lösenordet har redan använts. Välj ett annat.
password_rules-modern = Minst { $minimum } tecken: några ord som inte hör ihop. Siffror eller versaler krävs inte.
password_rules-too_long = Lösenordet får vara högst { $bytes } byte långt.
password_rules-common = Många använder det här lösenordet eller ett liknande. Sätt ihop flera ord som inte hör ihop.
password_rules-own_words = Lösenordet består av dina egna namn eller butikens. Använd ord som inte har med dig att göra.
password_rules-keyboard_pattern = Tangentrader gissas tidigt. Sätt ihop flera ord som inte hör ihop.
password_rules-repetition = Upprepning tillför inte mycket. Sätt ihop flera olika ord.
password_rules-sequence = Bokstäver eller siffror i ordning gissas tidigt. Sätt ihop flera ord som inte hör ihop.
password_rules-date = Datum och årtal gissas tidigt. Sätt ihop flera ord som inte hör ihop.
password_rules-word = Ett namn eller ett enda ord gissas tidigt. Sätt ihop flera ord som inte hör ihop.
password_rules-predictable = Lösenordet går att gissa. Lägg till ett eller två ord som inte hör ihop med det.

## Pusslet i ett begränsat formulär

puzzle-needed = Det har gjorts flera försök. Försök en gång till.
puzzle-wait = Vänta 15 sekunder innan du skickar formuläret.
puzzle-working = Ett ögonblick: din webbläsare löser ett litet tal som håller program utanför.
puzzle-solved = Klart: du kan fortsätta.

## E-post

mail_letter-greeting = Hej { $name },
mail_letter-footer = Det här mejlet kommer från Admin för { $shop }.

mail_reset_link-subject = Nytt lösenord för { $name }
mail_reset_link-why = Någon, troligen du själv, har bett om ett nytt lösenord för ditt konto { $username }. Du kan välja det här:
mail_reset_link-link = Välj ett nytt lösenord
mail_reset_link-terms = { $hours ->
    [one] Länken fungerar en gång, inom en timme.
   *[other] Länken fungerar en gång, inom { $hours } timmar.
}
mail_reset_link-ignore = Om du inte har bett om det behöver du inte göra något: ditt lösenord förblir som det är.

mail_set_password-subject = Välj ditt lösenord för Admin
mail_set_password-why = Admin frågar åter efter ett Commerce-lösenord. Ditt konto { $username } har ännu inget; välj ett här:
mail_set_password-link = Välj ditt lösenord
mail_set_password-later = Därefter använder du ”Glömt ditt lösenord?” på inloggningssidan.

mail_second_factor-subject = Andra faktorn för { $username }
mail_second_factor-app_enrolled = { $moment } ställdes en autentiseringsapp in för inloggning med ditt konto { $username }.
mail_second_factor-key_enrolled = { $moment } ställdes en säkerhetsnyckel in för inloggning med ditt konto { $username }.
mail_second_factor-app_removed = { $moment } togs autentiseringsappen för ditt konto { $username } bort. Vid nästa inloggning får du ställa in en andra faktor, om du inte har en till.
mail_second_factor-key_removed = { $moment } togs en eller flera säkerhetsnycklar för ditt konto { $username } bort. Vid nästa inloggning får du ställa in en andra faktor, om du inte har en till.
mail_second_factor-recovery_code_used = { $moment } loggade någon, troligen du själv, in på ditt konto { $username } med en återställningskod.
mail_second_factor-recovery_codes_issued = { $moment } skapades nya återställningskoder för ditt konto { $username }. De tidigare fungerar inte längre.
mail_second_factor-locked = { $moment } hade någon som kan lösenordet till ditt konto { $username } skrivit för många felaktiga koder. Under en tid godtas ingen kod därifrån.
mail_second_factor-cloned_key = { $moment } avvisades en säkerhetsnyckel för ditt konto { $username }, eftersom den räknar sin användning som om det fanns en kopia av den. Använd den inte mer.
mail_second_factor-unexpected = Om det inte var du, välj ett nytt lösenord genast och säg till den som sköter butiken.
mail_second_factor-link = Välj ett nytt lösenord

mail_enrolment_link-subject = Ställ in den andra faktorn för { $name }
mail_enrolment_link-why = För att logga in på { $shop } med ditt konto { $username } behöver du en andra faktor utöver lösenordet. Du kan ställa in den här:
mail_enrolment_link-link = Ställ in den andra faktorn
mail_enrolment_link-terms = Länken fungerar i en timme, i en webbläsare där du skriver ditt lösenord.
mail_enrolment_link-ignore = Om du inte nyss försökte logga in, och ingen har sagt att det här brevet skulle komma, kan någon annan känna till ditt lösenord: välj ett nytt och säg till den som sköter butiken.

mail_password_changed-subject = Nytt lösenord för { $username }
mail_password_changed-what = Lösenordet för ditt konto { $username } ändrades den { $moment }.
mail_password_changed-ended = Överallt där kontot var inloggat har det loggats ut.
mail_password_changed-unexpected = Om det inte var du, välj genast ett nytt lösenord och meddela den som sköter butiken.
mail_password_changed-link = Välj ett nytt lösenord

mail_account_changed-subject = Nytt för { $username }: { $changes }
mail_account_changed-what = Ditt konto { $username } ändrades den { $moment }.
mail_account_changed-changed = Nytt
mail_account_changed-email = e-postadress
mail_account_changed-password = lösenord
mail_account_changed-username = användarnamn
mail_account_changed-where = Det här mejlet går till den adress som kontot hade dittills.
mail_account_changed-unexpected = Om du inte väntade dig detta, meddela den som sköter butiken.

mail_new_browser-subject = Ny inloggning som { $username }
mail_new_browser-what = Någon loggade in på ditt konto { $username } med en webbläsare som inte hade använts för det tidigare.
mail_new_browser-time = Tid
mail_new_browser-address = Adress
mail_new_browser-browser = Webbläsare
mail_new_browser-unexpected = Om det var du behöver du inte göra något. Om inte, avsluta den sessionen på din kontosida och välj ett nytt lösenord där.
mail_new_browser-link = Ditt konto och dess sessioner

mail_admin_created-subject = Ny Admin-användare ”{ $username }” har skapats
mail_admin_created-what = En ny Admin-användare skapades den { $moment }.
mail_admin_created-username = Användarnamn
mail_admin_created-name = Namn
mail_admin_created-email = E-post
mail_admin_created-unexpected = Om ingen av er har gjort detta, stäng av kontot och ta reda på vem som kunde skapa det.

mail_welcome-subject = { $name }, du har nu tillgång till Adobe Commerce
mail_welcome-what = Administratören för { $shop } har gett dig tillgång till Admin i Adobe Commerce.
mail_welcome-how = Logga in där med det konto i din organisation som har adressen { $email }.
mail_welcome-begin = Kom igång
mail_welcome-documentation = Dokumentation
mail_welcome-release_notes = Versionsinformation

## När något går fel

problem-reference = Referens:
problem-back = Tillbaka till första sidan
problem-not_found = Sidan finns inte
problem-not_found_text = Kontrollera adressen.
problem-method = Sidan kan inte användas så
problem-go_back = Gå tillbaka och försök igen.
problem-cross_site = Formuläret kom från en annan webbplats
problem-cross_site_text = Ingenting har ändrats. Öppna själva sidan och försök igen.
problem-unintelligible = Begäran går inte att läsa
problem-too_large = Begäran är för stor
problem-too_slow = Det tog för lång tid
problem-too_slow_text = Svaret avbröts. Försök igen om en stund.
problem-overloaded = För många inloggningar samtidigt
problem-overloaded_text = Det är inget fel på ditt lösenord. Försök igen om några sekunder.
problem-unavailable = En server bakom den här sidan kan inte nås
problem-unavailable_text = Ingen kan släppas in förrän den kan det. Försök igen om några sekunder.
problem-unavailable_form = Så vitt det är känt har inget ändrats. Ladda om sidan om några sekunder: då skickar webbläsaren formuläret igen.
problem-fault = Något gick fel
problem-fault_text = Det har skrivits i loggen. Den som sköter butiken hittar det där med hjälp av referensen nedan.
