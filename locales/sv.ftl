# Svenska

language-name = Svenska
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

## Varje sida

page-error-title = Fel: { $title }
page-pages = Sidor
page-stale = Sidan har varit öppen för länge. Ingenting har ändrats; försök igen.

## Lösenordsfält

password-show = Visa
password-hide = Dölj
password-caps_lock = Caps Lock är på.

## Inloggning

sign_in-title = Logga in
sign_in-heading = Välkommen, logga in
sign_in-username = Användarnamn
sign_in-password = Lösenord
sign_in-submit = Logga in
sign_in-bad_credentials = Inloggningen var felaktig eller så är ditt konto tillfälligt inaktiverat. Vänta en stund och försök igen senare.
sign_in-no_role = Du behöver fler behörigheter för att komma in här.

## Inloggning med Adobe ID

adobe_sign_in-heading = Logga in
adobe_sign_in-introduction = Logga in för att använda din organisations Adobe Commerce.
adobe_sign_in-submit = Logga in med Adobe ID
adobe_sign_in-help = Den här Commerce-installationen hanteras av en organisation. Kontakta organisationens administratör för att få åtkomst.
adobe_sign_in-use = Logga in med Adobe ID
adobe_sign_in-title = Logga in med Adobe ID
adobe_sign_in-elsewhere = Inte vid den här dörren
adobe_sign_in-elsewhere_why = Integrationen med Adobe IMS är på. Inloggning med Adobe ID sker i den PHP Commerce som delar den här installationen.
adobe_sign_in-elsewhere_command = Om det är just den som har slutat fungera kan den som driver butiken återställa Commerce-lösenorden med
adobe_sign_in-back = Tillbaka till inloggningen

## Inloggad

home-title = Översikt
home-heading = Du är inloggad
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
sign_out-done = Du har loggat ut.

## Det egna kontot

account-title = Konto

## De egna sessionerna

sessions-title = Sessioner

## Ett nytt lösenord via en länk i e-post

reset_password-title = Välj ett lösenord
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
problem-unavailable = Databasen kan inte nås
problem-unavailable_text = Ingen kan släppas in förrän den kan det. Försök igen om några sekunder.
problem-fault = Något gick fel
problem-fault_text = Det har skrivits i loggen. Den som sköter butiken hittar det där med hjälp av referensen nedan.
