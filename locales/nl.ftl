# Nederlands

language-name = Nederlands
language-locale = nl_NL
language-direction = ltr
language-choose = Taal

## Tijden

moment = { $day } { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
} { $year }, { $time }
minutes = { $count ->
    [one] { $count } minuut
   *[other] { $count } minuten
}
hours = { $count ->
    [one] { $count } uur
   *[other] { $count } uur
}
seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } seconden
}

## Elke pagina

page-error-title = Fout: { $title }
page-pages = Pagina’s
page-stale = Deze pagina heeft te lang opengestaan. Er is niets veranderd; probeer het opnieuw.
page-grace = De dienst waarmee u bent aangemeld, antwoordt op dit moment niet. U kunt doorwerken tot { $until }; is er dan nog geen antwoord, dan eindigt deze sessie.

## Wachtwoordvelden

password-show = Tonen
password-hide = Verbergen
password-old = Het is tijd om uw wachtwoord te veranderen.
password-old_first = Het is tijd om uw wachtwoord te veranderen. Pas daarna kunt u verder.
password-change = Nu veranderen
password-caps_lock = Caps Lock staat aan.

## Aanmelden

sign_in-title = Aanmelden
sign_in-heading = Welkom, meld u aan
sign_in-username = Gebruikersnaam
sign_in-password = Wachtwoord
sign_in-submit = Aanmelden
sign_in-forgot_password = Wachtwoord vergeten?
sign_in-bad_credentials = De aanmeldgegevens kloppen niet of uw account is tijdelijk uitgeschakeld. Wacht even en probeer het later opnieuw.
sign_in-needed = Meld u eerst aan.
sign_in-kept = Uw sessie was voorbij. Meld u aan, dan staat wat u typte er weer.
sign_in-no_role = U hebt meer rechten nodig om hier binnen te komen.

## Aanmelden met Adobe ID

adobe_sign_in-heading = Aanmelden
adobe_sign_in-introduction = Meld u aan om de Adobe Commerce van uw organisatie te gebruiken.
adobe_sign_in-submit = Aanmelden met Adobe ID
adobe_sign_in-help = Deze Commerce-installatie wordt door een organisatie beheerd. Vraag toegang aan bij de beheerder van uw organisatie.
adobe_sign_in-use = Meld u aan met uw Adobe ID
adobe_sign_in-use_at = Meld u aan met { $provider }
adobe_sign_in-title = Aanmelden met Adobe ID
adobe_sign_in-submit_at = Aanmelden bij { $provider }
adobe_sign_in-other_account = Een ander account gebruiken

## Onderweg naar de aanmelddienst

leave-title = Naar de aanmelding
leave-title_confirm = Naar de bevestiging
leave-heading = Een ogenblik
leave-why = U wordt naar Adobe geleid om u daar aan te melden.
leave-why_at = U wordt naar { $provider } geleid om u daar aan te melden.
leave-confirm = U wordt naar Adobe geleid om daar nog eens te laten zien wie u bent.
leave-confirm_at = U wordt naar { $provider } geleid om daar nog eens te laten zien wie u bent.
leave-go = Nu daarheen gaan

## Wat daar misgaat

trouble-off = Iedereen meldt zich nu aan met een Commerce-wachtwoord. Meld u aan met het uwe; hebt u er geen, vraag dan een link aan om er een in te stellen.
trouble-again = Deze aanmelding is niet meer geldig: ze is te lang geleden begonnen, al gebruikt, of in een andere browser begonnen. Begin opnieuw.
trouble-unreachable = De aanmelddienst antwoordt op dit moment niet. Probeer het over een poosje opnieuw.
trouble-too_many = Vanaf hier zijn te veel aanmeldingen begonnen en niet afgemaakt. Wacht een paar minuten en probeer het dan opnieuw.
trouble-denied = De aanmelding is afgebroken. Begin opnieuw of gebruik een ander account.
trouble-other_person = U hebt zich aangemeld als iemand anders dan de persoon van deze sessie, dus er is niets bevestigd.
trouble-not_member = Aanmelden met dit account is niet mogelijk. Het hoort niet bij de organisatie van deze winkel; gebruik een ander account.
trouble-no_second_factor = Waar u zich aanmeldt moet u een tweede factor tonen, en dat is niet gebeurd. Meld u daar nog eens mee aan; hebt u er daar nog geen, stel die dan eerst in.
trouble-no_access = U hebt geen toegang tot deze Commerce-omgeving. Vraag een beheerder van deze winkel erom.
trouble-failed = Er is iets misgegaan en we konden u niet aanmelden. Probeer het opnieuw of neem contact op met uw beheerder.
trouble-operator = Voor wie deze winkel beheert
trouble-command = Duurt dit voort, dan brengt deze opdracht de Commerce-wachtwoorden terug:

## De tweede factor

second_factor-app_title = Tweede factor
second_factor-app_heading = Code van uw app
second_factor-app_why = { $username }, typ de code die uw authenticator-app nu toont.
second_factor-app_code = Authenticator-code
second_factor-submit = Bevestigen
second_factor-other_ways = Andere manieren
second_factor-use_app = Een code van uw authenticator-app gebruiken
second_factor-use_key = Een beveiligingssleutel gebruiken
second_factor-use_recovery_code = Een herstelcode gebruiken
second_factor-give_up = Een ander account gebruiken
second_factor-wrong_code = Deze code is onjuist. Typ de code die uw app nu toont. Blijft dit zo, laat dan uw telefoon zelf de klok gelijkzetten.
second_factor-clock_ahead = Deze code is juist voor een klok die { $time } voorloopt. Laat uw telefoon de klok zelf instellen en typ dan de code die de app toont.
second_factor-clock_behind = Deze code is juist voor een klok die { $time } achterloopt. Laat uw telefoon de klok zelf instellen en typ dan de code die de app toont.
second_factor-used_code = Deze code is al gebruikt. Wacht tot uw app de volgende toont.
second_factor-locked = Er waren te veel onjuiste codes. Over { $time } worden codes weer bekeken; tot dan werkt een andere manier misschien wel.
second_factor-closed = Er waren honderd onjuiste codes, daarom wordt er geen meer bekeken. Gebruik een andere manier, of vraag wie deze winkel beheert.
second_factor-refused = Deze manier staat niet voor u open. Gebruik een andere.
second_factor-recovery_title = Herstelcode
second_factor-recovery_heading = Herstelcode
second_factor-recovery_why = { $username }, typ een van de codes die u hebt bewaard. Hij werkt één keer.
second_factor-recovery_code = Herstelcode
second_factor-wrong_recovery_code = Dit is geen van uw codes, of hij is al gebruikt.

## Beveiligingssleutels en passkeys

key-title = Tweede factor
key-heading = Uw beveiligingssleutel
key-why = { $username }, toon de beveiligingssleutel of passkey die u hier hebt ingesteld.
key-submit = Beveiligingssleutel gebruiken
key-no_other_way = Voor uw account is niets anders ingesteld. Als de sleutel kwijt is, vraag dan wie deze winkel beheert om hem te verwijderen; daarna kunt u een andere instellen.
key-waiting = Uw browser vraagt nu om de sleutel. Sluit hem aan en raak hem aan, of ontgrendel uw apparaat.
key-unsupported = Deze browser kan geen beveiligingssleutels gebruiken, of voert geen scripts uit. Gebruik een andere browser.
key-elsewhere = Beveiligingssleutels werken niet op dit adres. Open de winkel op het adres waar ze bij horen, of vraag wie de winkel beheert.
key-cancelled = Er is geen sleutel getoond: het verzoek is afgebroken of duurde te lang. Probeer het opnieuw.
key-known = Deze sleutel is al voor uw account ingesteld. Gebruik een andere.
key-failed = Er kon niet om uw sleutel worden gevraagd. Probeer het opnieuw.
key-refused = Deze sleutel is niet geaccepteerd. Gebruik een andere sleutel of een andere manier.
key-unknown = Deze sleutel is hier niet ingesteld, of is verwijderd. Gebruik een andere sleutel of een andere manier.
key-unverified = De sleutel heeft niet vastgesteld dat u het bent. Ontgrendel hem met zijn pincode, uw vinger of uw gezicht.
key-cloned = Deze sleutel is geweigerd, omdat hij zijn gebruik telt alsof er een kopie van is. Gebruik een andere sleutel of een andere manier, en verwijder deze.
key-set_up_title = Beveiligingssleutel
key-set_up_heading = Een beveiligingssleutel of passkey instellen
key-set_up_what = Het kan een sleutel voor de USB-poort zijn, of uw telefoon of computer zelf. Bij elke aanmelding toont u hem door hem aan te raken of te ontgrendelen; veel sleutels laten u ook zonder wachtwoord binnen.
key-set_up_binds = Hij hoort bij het adres van deze pagina, zodat geen valse pagina er iets mee kan. Ergens anders hebt u er niets aan.
key-set_up_lost = Raakt u hem kwijt, dan komt u binnen met een andere sleutel, een authenticator-app of een herstelcode. Verwijder daarna de verloren sleutel.
key-set_up_name = Naam van de sleutel
key-set_up_hint = Waaraan u hem tussen uw sleutels herkent, zoals “Blauwe sleutel aan de sleutelbos”.
key-set_up_submit = De sleutel instellen
key-set_up_refused = Deze sleutel is niet geaccepteerd, er is dus niets ingesteld. Gebruik een andere.
key-set_up_model = Deze winkel accepteert geen sleutels van dit model, er is dus niets ingesteld. Gebruik een andere.
key-set_up_many = U hebt zoveel sleutels als er kunnen zijn. Verwijder er eerst een.
key-set_up_kept = De sleutel heeft geantwoord. Toon wie u bent, dan wordt hij ingesteld.
key-added = De sleutel is ingesteld.
passkey-submit = Aanmelden met een passkey
passkey-refused = Deze passkey is niet geaccepteerd. Meld u aan met uw wachtwoord.
passkey-unknown = Deze passkey is hier niet bekend, of is verwijderd. Meld u aan met uw wachtwoord.
passkey-not_offered = Passkeys worden hier niet geaccepteerd. Meld u aan met uw wachtwoord.

## Een tweede factor instellen bij het aanmelden

second_factor-request_title = Tweede factor nodig
second_factor-request_heading = U hebt een tweede factor nodig
second_factor-request_sent = We hebben een link naar het e-mailadres van uw account gestuurd. Volg hem binnen een uur, in deze browser, om een tweede factor in te stellen.
second_factor-request_no_mail = Als er geen mail komt, kan wie deze winkel beheert een link voor u maken met:
second_factor-request_no_address = Uw account heeft geen e-mailadres waar een link naartoe kan. Wie deze winkel beheert, kan er een voor u maken met:
second_factor-request_again = Nog een mail sturen
second_factor-link_sent_again = Er is nog een mail onderweg.
second_factor-link_recently = Er is kort geleden een mail gestuurd. Over { $time } kunt u om een andere vragen.
second_factor-link_void = Deze link is te oud, is al gebruikt of is voor een ander account. U krijgt een nieuwe per mail.
second_factor-choose_title = Tweede factor
second_factor-choose_heading = Kies een tweede factor
second_factor-choose_why = U toont hem bij elke aanmelding na uw wachtwoord.
second_factor-choose_app = Een authenticator-app instellen
second_factor-choose_app_hint = Een app op uw telefoon toont elke halve minuut een nieuwe code.
second_factor-choose_key = Een beveiligingssleutel of passkey instellen
second_factor-choose_key_hint = Een sleutel voor de USB-poort, of uw telefoon of computer zelf. Een valse pagina kan hem niet misleiden.
second_factor-set_up_title = Authenticator-app
second_factor-set_up_heading = Uw authenticator-app instellen
second_factor-set_up_scan = Scan deze afbeelding met een authenticator-app.
second_factor-set_up_picture = QR-code. Dezelfde sleutel staat eronder als tekst.
second_factor-set_up_type = Of typ deze sleutel in de app:
second_factor-set_up_code = Code die de app nu toont
second_factor-set_up_submit = Instellen
second_factor-wrong_first_code = Deze code is onjuist, er is dus nog niets ingesteld. Typ de code die uw app nu toont.

## Herstelcodes

second_factor-codes_title = Herstelcodes
second_factor-codes_heading = Uw herstelcodes
second_factor-codes_what = Elk van deze codes laat { $username } één keer binnen, na het wachtwoord, als app en sleutel niet bij de hand zijn.
second_factor-codes_once = Ze worden alleen nu getoond. Druk ze af, of bewaar ze in een wachtwoordbeheerder.
second_factor-codes_kept = Ik heb ze bewaard
second_factor-codes_later = Zonder verdergaan
second_factor-codes_left = { $count ->
    [0] U bent met uw laatste herstelcode binnengekomen.
    [one] U bent met een herstelcode binnengekomen. Er is er nog { $count }.
   *[other] U bent met een herstelcode binnengekomen. Er zijn er nog { $count }.
}
second_factor-codes_few = { $count ->
    [0] U hebt geen herstelcode, mocht u uw tweede factor kwijtraken.
    [one] U hebt nog maar { $count } herstelcode.
   *[other] U hebt nog maar { $count } herstelcodes.
}
second_factor-codes_more = Naar uw tweede factoren
second_factor-confirm_title = Herstelcodes
second_factor-confirm_heading = Zijn ze bewaard?
second_factor-confirm_why = Typ een van uw herstelcodes over van waar u hem hebt bewaard. Hij wordt niet verbruikt.
second_factor-confirm_done = Uw herstelcodes zijn bewaard.

## Een tweede factor die iedereen moet hebben

second_factor-missing_title = Tweede factor ontbreekt
second_factor-missing_heading = Nog een tweede factor
second_factor-missing_app = Deze winkel vraagt iedereen een authenticator-app in te stellen.
second_factor-missing_key = Deze winkel vraagt iedereen een beveiligingssleutel of passkey in te stellen.
second_factor-missing_set_up = Nu instellen
second_factor-missing_later = Dit overslaan tot de volgende aanmelding.

## De eigen tweede factoren

second_factor-own_link = Uw tweede factoren
second_factor-own_title = Tweede factoren
second_factor-own_heading = Uw tweede factoren
second_factor-own_what = Bij elke aanmelding toont u na uw wachtwoord een van deze.
second_factor-own_not_asked = Op dit moment wordt hier niemand om een tweede factor gevraagd, er valt dus niets te regelen. Wat eerder is ingesteld, blijft bewaard.
second_factor-own_back = Terug naar uw tweede factoren
second_factor-own_identity = { $name }, typ uw huidige wachtwoord om uw tweede factoren te veranderen.
second_factor-own_ends_others = Ook mijn andere sessies beëindigen
second_factor-own_remove = Verwijderen
second_factor-own_last = Dit is de enige tweede factor die u hebt. Stel eerst een andere in, dan kan deze weg.
second_factor-own_gone = Er is niets veranderd: dit is er niet meer.
second_factor-own_app_there = Uw app is ingesteld.
second_factor-own_app_none = Er is geen app ingesteld.
second_factor-own_app_replace = Een andere app instellen
second_factor-own_app_replace_what = Zodra de nieuwe app is ingesteld, werken codes van de vorige niet meer.
second_factor-own_app_remove = De app verwijderen
second_factor-own_app_remove_heading = Uw authenticator-app verwijderen
second_factor-own_app_remove_what = De codes van de app laten u dan niet meer binnen. Uw beveiligingssleutels blijven werken.
second_factor-own_app_set = Uw authenticator-app is ingesteld.
second_factor-own_app_removed = Uw authenticator-app is verwijderd.
second_factor-own_keys = Beveiligingssleutels en passkeys
second_factor-own_key_none = Er is geen beveiligingssleutel ingesteld.
second_factor-own_key_unknown = Beveiligingssleutel van eerder
second_factor-own_key_added = Ingesteld op
second_factor-own_key_used = Laatst gebruikt op
second_factor-own_key_unused = Nog niet gebruikt
second_factor-own_key_rename = Naam wijzigen
second_factor-own_key_rename_which = Naam wijzigen van { $name }
second_factor-own_key_rename_heading = De naam van een beveiligingssleutel wijzigen
second_factor-own_key_name = Naam
second_factor-own_name_wrong = Er is een naam nodig, van hoogstens 64 tekens.
second_factor-own_key_remove_which = { $name } verwijderen
second_factor-own_key_remove_heading = Een beveiligingssleutel verwijderen
second_factor-own_key_remove_what = ‘{ $name }’ laat u dan niet meer binnen.
second_factor-own_key_renamed = De beveiligingssleutel heeft zijn nieuwe naam.
second_factor-own_key_removed = De beveiligingssleutel is verwijderd.
second_factor-own_codes_left = { $count ->
    [0] U hebt er geen.
    [one] Er is er nog { $count }.
   *[other] Er zijn er nog { $count }.
}
second_factor-own_codes_renew = Nieuwe codes maken
second_factor-own_codes_heading = Nieuwe herstelcodes
second_factor-own_codes_what = U krijgt tien nieuwe codes. Codes die u nog van eerder hebt, werken dan niet meer.
second_factor-own_codes_submit = Nieuwe codes tonen
second_factor-own_codes_renewed = U hebt nieuwe herstelcodes. De vorige werken niet meer.

## Tweede factoren van anderen

second_factor-people_link = Wie een tweede factor heeft
second_factor-people_title = Tweede factoren van anderen
second_factor-people_heading = Wie een tweede factor heeft
second_factor-people_search = Naam, gebruikersnaam of e-mailadres
second_factor-people_search_submit = Zoeken
second_factor-people_only_without = Alleen wie er nog een moet instellen
second_factor-people_none = Er is niemand gevonden.
second_factor-people_cut = Er zijn meer mensen dan hier staan. Zoek op naam om de anderen te vinden.
second_factor-people_you = u
second_factor-people_keys = { $count ->
    [one] { $count } beveiligingssleutel
   *[other] { $count } beveiligingssleutels
}
second_factor-people_codes = { $count ->
    [0] geen herstelcodes
    [one] { $count } herstelcode
   *[other] { $count } herstelcodes
}
second_factor-people_nothing = Er is niets ingesteld. Dat moet bij de volgende aanmelding gebeuren.
second_factor-people_unreadable = Wat is opgeslagen, kan niet worden gelezen; niemand komt met dit account binnen. Wissen verhelpt dat.
second_factor-people_see = Beheren
second_factor-people_see_which = Beheren: { $name }
second_factor-people_back = Terug naar iedereen
second_factor-people_gone = Deze persoon is er niet, of het account is uitgeschakeld.
second_factor-people_changed = Er is niets gedaan: er is iets veranderd sinds de pagina is getoond. Zo is het nu.
second_factor-people_reset_heading = Iets kwijt?
second_factor-people_reset_what = Wat wordt gewist, laat deze persoon niet meer binnen. Alle sessies van de persoon eindigen, en er gaat een mail uit. Blijft er niets over, dan moet bij de volgende aanmelding iets nieuws worden ingesteld.
second_factor-people_reset_which = Wat wissen
second_factor-people_reset_all = Alles
second_factor-people_reset_submit = Wissen
second_factor-people_reset_done = De configuratie van deze gebruiker is gewist.
second_factor-people_identity = { $name }, typ uw huidige wachtwoord om te wissen wat { $person } heeft ingesteld.
second_factor-people_link_heading = Een link per mail
second_factor-people_link_what = Er kan een link om een tweede factor in te stellen naar { $email }. De link werkt een uur, eenmaal. Voor het aanmelden is bovendien het wachtwoord nodig.
second_factor-people_link_submit = De link sturen
second_factor-people_link_sent = De link is onderweg.
second_factor-people_no_address = Dit account heeft geen e-mailadres waar een link naartoe kan. Wie deze winkel beheert, kan er een maken met:

## Aangemeld

home-title = Overzicht
home-heading = U bent aangemeld
home-others_ended = Alle andere open sessies van dit account zijn beëindigd.
home-name = Naam
home-username = Gebruikersnaam
home-role = Rol
home-no_role = Geen
home-signed_in_with = Aangemeld met
home-with_password = Commerce-wachtwoord
home-with_adobe_id = Adobe ID
home-previous = Vorige aanmelding

## Afmelden

sign_out-title = Afmelden
sign_out-heading = Afmelden?
sign_out-who = U bent aangemeld als { $name }.
sign_out-submit = Afmelden
sign_out-stay = Aangemeld blijven
sign_out-done = U bent afgemeld. Uw sessie in deze browser is beëindigd; sessies in andere browsers lopen door.
sign_out-there = U bent hier afgemeld. U wordt naar { $provider } gebracht om ook daar te worden afgemeld.

## Afgemeld

signed_out-title = U bent afgemeld
signed_out-both = U bent hier en bij { $provider } afgemeld.
signed_out-outage = U bent hier afgemeld. Bij { $provider } bent u mogelijk nog aangemeld, want er kwam geen antwoord.
signed_out-refused = U bent hier afgemeld. Bij { $provider } bent u mogelijk nog aangemeld, want het verzoek is daar niet uitgevoerd.
signed_out-not_offered = U bent hier afgemeld. Bij { $provider } bent u mogelijk nog aangemeld, want u kunt zich daar niet van hieruit afmelden.
signed_out-shared = Gebruiken anderen deze computer ook, meld u dan ook bij { $provider } af: wie daar is aangemeld, kan zich hier aanmelden.
signed_out-again = Opnieuw aanmelden

## Zonder rol

no_permission-title = Geen toegang
no_permission-what = Het account { $username } heeft nog geen rol en mag daarom niets. Vraag een beheerder van deze winkel om er een toe te kennen.
no_permission-other = Aanmelden met een ander account
denied-heading = Sorry, u hebt meer rechten nodig om dit te bekijken.
denied-next_steps = Wat u kunt doen
denied-sign_in_again = Denkt u dat dit niet klopt, meld u dan af en weer aan.
denied-ask = Vraag een systeembeheerder of de eigenaar van de winkel om meer rechten.
denied-back = Terug naar het overzicht

## Voordat een sessie verloopt

expiry-heading = Bent u er nog?
expiry-soon = U wordt afgemeld over
expiry-over_heading = U bent afgemeld
expiry-over = Deze pagina is lang niet gebruikt. Wat u typte staat er nog: als u het verstuurt, wordt u gevraagd u aan te melden en blijft het bewaard.
expiry-failed = De server was niet te bereiken. Probeer het zo meteen opnieuw.
expiry-close = Terug naar de pagina

## Laten zien wie men is

identity-legend = Bevestigen dat u het bent
identity-why = { $name }, typ uw huidige wachtwoord om uw account te veranderen.
identity-password = Uw wachtwoord
identity-confirmed = U hebt laten zien wie u bent; u hoeft uw wachtwoord niet nog eens te typen.
identity-wrong = Het wachtwoord van de huidige gebruiker klopt niet. Controleer het en probeer het opnieuw.
identity-unconfirmed = U hebt te lang gewacht; laat nog eens zien wie u bent.
identity-at_provider = Om wijzigingen toe te passen moet u uw Adobe-identiteit bevestigen.
identity-at = Om wijzigingen toe te passen moet u bij { $provider } laten zien wie u bent.
identity-go = Identiteit bevestigen
identity-confirmed_at_provider = Identiteit bevestigd. Uw wijzigingen zijn nog niet opgeslagen.

## Waarom een sessie voorbij is

session_ended-signed_in_elsewhere = Iemand heeft zich met dit account aangemeld op een ander apparaat of in een andere browser. Deze sessie is beëindigd.
session_ended-by_owner = Deze sessie is beëindigd vanuit een andere sessie van dit account.
session_ended-by_operator = Uw sessie is beëindigd door wie deze winkel beheert.
session_ended-password_changed = Uw wachtwoord is veranderd; daarom is deze sessie beëindigd.
session_ended-account_disabled = Uw account is tijdelijk uitgeschakeld. Probeer het later opnieuw.
session_ended-revoked_by_provider = De dienst waarmee u was aangemeld, staat niet meer in voor deze sessie. Meld u opnieuw aan.
session_ended-provider_unreachable = De dienst waarmee u was aangemeld, heeft te lang niet geantwoord, dus deze sessie is beëindigd.
session_ended-signed_out_at_provider = U hebt zich afgemeld waar u zich had aangemeld, dus deze sessie is ook beëindigd.
session_ended-second_factor_needed = Er wordt nu een tweede factor gevraagd. Meld u opnieuw aan.
session_ended-second_factor_changed = Uw tweede factor is gewijzigd, daarom is deze sessie beëindigd.
session_ended-expired = Uw sessie is verlopen.

## Wachtwoord vergeten?

forgot_password-title = Hulp bij uw wachtwoord
forgot_password-heading = Hulp bij uw wachtwoord
forgot_password-introduction = Vul uw e-mailadres in. U krijgt een e-mail met een link om een nieuw wachtwoord in te stellen.
forgot_password-email = E-mailadres
forgot_password-submit = Link aanvragen
forgot_password-back = Terug naar aanmelden
forgot_password-missing = Vul een e-mailadres in.
forgot_password-invalid = Dit e-mailadres klopt niet. Verbeter het.
forgot_password-too_many = We hebben te veel verzoeken om een nieuw wachtwoord gekregen. Wacht even en probeer het later opnieuw.
forgot_password-too_many_contact = We hebben te veel verzoeken om een nieuw wachtwoord gekregen. Wacht even en probeer het later opnieuw, of neem contact op met { $contact }.
forgot_password-done = We sturen u een e-mail met een link om een nieuw wachtwoord in te stellen.

## Het eigen account

account-title = Account
account-heading = Mijn account
account-who = Accountgegevens
account-username = Gebruikersnaam
account-first_name = Voornaam
account-last_name = Achternaam
account-email = E-mailadres
account-language = Taal van de beheeromgeving
account-new_password = Nieuw wachtwoord
account-keep_password = Laat beide velden leeg om uw wachtwoord te houden. Een nieuw wachtwoord beëindigt uw andere sessies.
account-submit = Account opslaan
account-saved = Uw account is opgeslagen.
account-kept = U bent weer aangemeld en niets van wat u typte is verloren. Controleer het en sla het op.
account-adobe = Uw account wordt met Adobe ID beheerd zolang de koppeling met Adobe IMS aan staat.
account-adobe_at = Uw account wordt bij { $provider } beheerd zolang men zich daar aanmeldt.
account-email_note = Gebruik hetzelfde e-mailadres dat de gebruiker in de Adobe IMS-organisatie heeft.
account-username_missing = "Gebruikersnaam" is verplicht. Vul het veld in en probeer het opnieuw.
account-username_too_long = "Gebruikersnaam" mag hoogstens 40 tekens hebben.
account-first_name_wrong = "Voornaam" is verplicht, met hoogstens 32 tekens.
account-last_name_wrong = "Achternaam" is verplicht, met hoogstens 32 tekens.
account-email_wrong = Vul een geldig e-mailadres in.
account-language_wrong = Kies een van de talen.
account-taken = Er bestaat al een gebruiker met dezelfde gebruikersnaam of hetzelfde e-mailadres.

## De eigen sessies

sessions-title = Sessies
sessions-heading = Waar u bent aangemeld
sessions-introduction = Staat er een sessie tussen die u niet herkent, beëindig die dan en verander uw wachtwoord.
sessions-introduction_at_provider = Staat er een sessie tussen die u niet herkent, beëindig die dan en kijk uw account na bij de dienst waarmee u bent aangemeld.
sessions-this = deze browser
sessions-from = Vanaf { $address }
sessions-started = Sinds
sessions-last_seen = Laatst gebruikt
sessions-end = Beëindigen
sessions-end_which = De sessie in { $browser } vanaf { $address } sinds { $moment } beëindigen
sessions-end_others = Alle andere sessies afmelden
sessions-ended = De sessie is beëindigd.
sessions-gone = Die sessie was al voorbij.
sessions-some_browser = Een browser die zijn naam niet noemt

## Configuratie

configuration-title = Configuratie
configuration-link = Hoe mensen zich aanmelden, en welk beleid geldt
configuration-heading = Configuratie van de Admin
configuration-integration = Adobe IMS-integratie
configuration-is_on = De integratie is ingeschakeld: mensen melden zich aan met Adobe ID.
configuration-is_on_at = De integratie is ingeschakeld: mensen melden zich aan met { $provider }.
configuration-is_off = De integratie is uitgeschakeld: mensen melden zich aan met een Commerce-wachtwoord.
configuration-since = Sinds
configuration-changed_by = Omgeschakeld door
configuration-trial_until = Op proef tot
configuration-trial = Als zich voor die tijd geen beheerder met volledige rechten aanmeldt, schakelt de integratie zichzelf uit.
configuration-provider = Provider
configuration-organization = Organisatie
configuration-client = Client-ID en clientgeheim
configuration-client_configured = Ingesteld
configuration-client_missing = Niet volledig
configuration-switch_off = Omschakelen kan alleen vanaf de opdrachtregel. Wie de winkel beheert, brengt de Commerce-wachtwoorden terug met:
configuration-switch_on = Omschakelen kan alleen vanaf de opdrachtregel. Wie de winkel beheert, schakelt de integratie in met:
configuration-policies = Beleid
configuration-policies_why = Het wordt ingesteld met de paden die erbij staan, vanaf de opdrachtregel of in PHP Commerce, en geldt vanaf het volgende verzoek.
configuration-passwords = Wachtwoorden
configuration-passwords_later = Dit rust zolang de integratie is ingeschakeld, en geldt weer zodra ze is uitgeschakeld.
configuration-lifetime_none = Een wachtwoord mag zo oud worden als de eigenaar wil.
configuration-lifetime_forced = { $days ->
    [one] Een wachtwoord van meer dan { $days } dag oud moet eerst worden gewijzigd.
   *[other] Een wachtwoord van meer dan { $days } dagen oud moet eerst worden gewijzigd.
}
configuration-lifetime_recommended = { $days ->
    [one] Wie een wachtwoord van meer dan { $days } dag oud heeft, wordt gevraagd het te wijzigen.
   *[other] Wie een wachtwoord van meer dan { $days } dagen oud heeft, wordt gevraagd het te wijzigen.
}
configuration-lockout_none = Verkeerde wachtwoorden vergrendelen geen account.
configuration-lockout = { $failures ->
    [one] { $failures } verkeerd wachtwoord vergrendelt een account voor { $time }.
   *[other] { $failures } verkeerde wachtwoorden binnen { $time } vergrendelen een account voor even lang.
}
configuration-case_matters = In gebruikersnamen wordt onderscheid gemaakt tussen hoofdletters en kleine letters.
configuration-case_free = In gebruikersnamen maken hoofdletters en kleine letters geen verschil.
configuration-link_lasts = Een link om een wachtwoord in te stellen werkt { $time }.
configuration-requests = { $most ->
    [one] Eén zo’n link mag binnen een uur worden gevraagd, en op zijn vroegst { $time } na de vorige.
   *[other] { $most } zulke links mogen binnen een uur worden gevraagd, elk op zijn vroegst { $time } na de vorige.
}
configuration-requests_most = { $most ->
    [one] Eén zo’n link mag binnen een uur worden gevraagd.
   *[other] { $most } zulke links mogen binnen een uur worden gevraagd.
}
configuration-requests_pause = Zo’n link mag op zijn vroegst { $time } na de vorige worden gevraagd.
configuration-requests_free = Zulke links mogen zo vaak worden gevraagd als men wil.
configuration-sessions = Sessies
configuration-session_idle = Een sessie eindigt als ze { $time } niet is gebruikt.
configuration-session_absolute = Ze eindigt na { $time }, hoeveel ze ook wordt gebruikt.
configuration-session_endless = Zolang ze wordt gebruikt, eindigt ze niet.
configuration-session_shared = Een account mag in verschillende browsers tegelijk zijn aangemeld.
configuration-session_alone = Wie zich elders aanmeldt, beëindigt de vorige sessie.

## Een nieuw wachtwoord met een link per e-mail

reset_password-title = Nieuw wachtwoord instellen
reset_password-heading = Nieuw wachtwoord instellen
reset_password-what_ends = Alle andere sessies van uw account worden beëindigd.
reset_password-new = Nieuw wachtwoord
reset_password-confirm = Nieuw wachtwoord bevestigen
reset_password-submit = Wachtwoord instellen
reset_password-done = Uw wachtwoord is bijgewerkt.
reset_password-expired = De link om uw wachtwoord in te stellen is verlopen.

## Regels voor een nieuw wachtwoord

password_rules-commerce = { $minimum ->
    [one] Letters en cijfers, minstens { $minimum } teken.
   *[other] Letters en cijfers, minstens { $minimum } tekens.
} Een zin van een paar woorden is makkelijk te onthouden.
password_rules-empty = Een wachtwoord is verplicht.
password_rules-too_short = Uw wachtwoord moet minstens { $minimum } tekens hebben.
password_rules-not_alphanumeric = Uw wachtwoord moet zowel cijfers als letters bevatten.
password_rules-confirmation_differs = De bevestiging moet gelijk zijn aan uw wachtwoord.
password_rules-used = Dit wachtwoord is al eens gebruikt. Kies een ander.
password_rules-modern = Minstens { $minimum } tekens: een paar woorden die niet bij elkaar horen. Cijfers of hoofdletters hoeven niet.
password_rules-too_long = Uw wachtwoord mag hoogstens { $bytes } bytes lang zijn.
password_rules-common = Veel mensen gebruiken dit wachtwoord of een dat erop lijkt. Zet een paar woorden achter elkaar die niets met elkaar te maken hebben.
password_rules-own_words = Dit wachtwoord bestaat uit uw eigen namen of die van de winkel. Gebruik woorden die niets met u te maken hebben.
password_rules-keyboard_pattern = Rijtjes toetsen worden snel geraden. Zet een paar losse woorden achter elkaar.
password_rules-repetition = Herhalen voegt weinig toe. Zet een paar verschillende woorden achter elkaar.
password_rules-sequence = Letters of cijfers op volgorde worden snel geraden. Zet een paar losse woorden achter elkaar.
password_rules-date = Datums en jaartallen worden snel geraden. Zet een paar losse woorden achter elkaar.
password_rules-word = Een naam of één woord wordt snel geraden. Zet een paar losse woorden achter elkaar.
password_rules-predictable = Dit wachtwoord is te raden. Voeg nog een of twee woorden toe die er niet bij horen.

## De puzzel van een geremd formulier

puzzle-needed = Er zijn meerdere pogingen gedaan. Probeer het nog een keer.
puzzle-wait = Wacht 15 seconden voordat u dit formulier verstuurt.
puzzle-working = Een ogenblik: uw browser maakt een kleine som die programma’s buiten houdt.
puzzle-solved = Klaar: u kunt verder.

## E-mail

mail_letter-greeting = Hallo { $name },
mail_letter-footer = Deze e-mail komt van de Admin van { $shop }.

mail_reset_link-subject = Nieuw wachtwoord voor { $name }
mail_reset_link-why = Iemand, waarschijnlijk uzelf, heeft een nieuw wachtwoord gevraagd voor uw account { $username }. Hier kunt u het instellen:
mail_reset_link-link = Nieuw wachtwoord instellen
mail_reset_link-terms = { $hours ->
    [one] De link werkt één keer, binnen een uur.
   *[other] De link werkt één keer, binnen { $hours } uur.
}
mail_reset_link-ignore = Hebt u er niet om gevraagd, dan hoeft u niets te doen: uw wachtwoord blijft zoals het is.

mail_set_password-subject = Stel uw wachtwoord voor de Admin in
mail_set_password-why = De Admin vraagt weer om een Commerce-wachtwoord. Uw account { $username } heeft er nog geen; stel er hier een in:
mail_set_password-link = Wachtwoord instellen
mail_set_password-later = Daarna gebruikt u “Wachtwoord vergeten?” op de aanmeldpagina.

mail_second_factor-subject = Tweede factor van { $username }
mail_second_factor-app_enrolled = Op { $moment } is een authenticator-app ingesteld om u aan te melden met uw account { $username }.
mail_second_factor-key_enrolled = Op { $moment } is een beveiligingssleutel ingesteld om u aan te melden met uw account { $username }.
mail_second_factor-app_removed = Op { $moment } is de authenticator-app van uw account { $username } weggenomen. Bij de volgende aanmelding stelt u een tweede factor in, tenzij u er nog een hebt.
mail_second_factor-key_removed = Op { $moment } zijn een of meer beveiligingssleutels van uw account { $username } weggenomen. Bij de volgende aanmelding stelt u een tweede factor in, tenzij u er nog een hebt.
mail_second_factor-recovery_code_used = Op { $moment } heeft iemand, waarschijnlijk uzelf, zich met een herstelcode aangemeld bij uw account { $username }.
mail_second_factor-recovery_codes_issued = Op { $moment } zijn nieuwe herstelcodes gemaakt voor uw account { $username }. De vorige werken niet meer.
mail_second_factor-locked = Op { $moment } heeft iemand die het wachtwoord van uw account { $username } kent te veel verkeerde codes getypt. Van daar wordt een tijd lang geen code aangenomen.
mail_second_factor-cloned_key = Op { $moment } is een beveiligingssleutel van uw account { $username } geweigerd, omdat hij zijn gebruik telt alsof er een kopie van bestaat. Gebruik hem niet meer.
mail_second_factor-unexpected = Was u dit niet, stel dan meteen een nieuw wachtwoord in en zeg het wie voor de winkel zorgt.
mail_second_factor-link = Nieuw wachtwoord instellen

mail_enrolment_link-subject = Stel de tweede factor in voor { $name }
mail_enrolment_link-why = Om u bij { $shop } aan te melden met uw account { $username } hebt u naast uw wachtwoord een tweede factor nodig. Hier kunt u die instellen:
mail_enrolment_link-link = Tweede factor instellen
mail_enrolment_link-terms = De link werkt een uur lang, in een browser waarin u uw wachtwoord typt.
mail_enrolment_link-ignore = Hebt u zich niet zojuist proberen aan te melden, en heeft niemand u deze mail aangekondigd, dan kent misschien iemand anders uw wachtwoord: stel een nieuw in en zeg het wie voor de winkel zorgt.

mail_password_changed-subject = Nieuw wachtwoord voor { $username }
mail_password_changed-what = Het wachtwoord van uw account { $username } is gewijzigd op { $moment }.
mail_password_changed-ended = Overal waar het account was aangemeld, is het nu afgemeld.
mail_password_changed-unexpected = Was u dit niet, stel dan meteen een nieuw wachtwoord in en waarschuw wie de winkel beheert.
mail_password_changed-link = Nieuw wachtwoord instellen

mail_account_changed-subject = Nieuw voor { $username }: { $changes }
mail_account_changed-what = Uw account { $username } is gewijzigd op { $moment }.
mail_account_changed-changed = Nieuw
mail_account_changed-email = e-mailadres
mail_account_changed-password = wachtwoord
mail_account_changed-username = gebruikersnaam
mail_account_changed-where = Deze e-mail gaat naar het adres dat het account tot dan toe had.
mail_account_changed-unexpected = Had u dit niet verwacht, waarschuw dan wie de winkel beheert.

mail_new_browser-subject = Nieuwe aanmelding als { $username }
mail_new_browser-what = Iemand heeft zich aangemeld bij uw account { $username } met een browser die daar nog niet eerder voor was gebruikt.
mail_new_browser-time = Tijd
mail_new_browser-address = Adres
mail_new_browser-browser = Browser
mail_new_browser-unexpected = Was u het zelf, dan hoeft u niets te doen. Zo niet, beëindig die sessie dan op uw accountpagina en kies daar een nieuw wachtwoord.
mail_new_browser-link = Uw account en de sessies ervan

mail_admin_created-subject = Nieuwe Admin-gebruiker ‘{ $username }’ aangemaakt
mail_admin_created-what = Er is een nieuwe Admin-gebruiker aangemaakt op { $moment }.
mail_admin_created-username = Gebruikersnaam
mail_admin_created-name = Naam
mail_admin_created-email = E-mail
mail_admin_created-unexpected = Heeft niemand van u dit gedaan, schakel het account dan uit en zoek uit wie het kon aanmaken.

mail_welcome-subject = { $name }, u hebt nu toegang tot Adobe Commerce
mail_welcome-what = De beheerder van { $shop } heeft u toegang gegeven tot de Admin van Adobe Commerce.
mail_welcome-how = Meld u daar aan met het account van uw organisatie dat het adres { $email } heeft.
mail_welcome-begin = Aan de slag
mail_welcome-documentation = Documentatie
mail_welcome-release_notes = Release-opmerkingen

## Wat er misgaat

problem-reference = Kenmerk:
problem-back = Terug naar de eerste pagina
problem-not_found = Deze pagina bestaat niet
problem-not_found_text = Controleer het adres.
problem-method = Zo kan deze pagina niet worden gebruikt
problem-go_back = Ga terug en probeer het opnieuw.
problem-cross_site = Dit formulier kwam van een andere site
problem-cross_site_text = Er is niets veranderd. Open de pagina zelf en probeer het opnieuw.
problem-unintelligible = Dit verzoek is niet te lezen
problem-too_large = Dit verzoek is te groot
problem-too_slow = Dit duurde te lang
problem-too_slow_text = Het antwoord is opgegeven. Probeer het zo meteen opnieuw.
problem-overloaded = Te veel aanmeldingen tegelijk
problem-overloaded_text = Er is niets mis met uw wachtwoord. Probeer het over een paar seconden opnieuw.
problem-unavailable = Een server achter deze pagina is niet bereikbaar
problem-unavailable_text = Tot dan kan niemand naar binnen. Probeer het over een paar seconden opnieuw.
problem-unavailable_form = Voor zover bekend is er niets gewijzigd. Laad deze pagina over een paar seconden opnieuw: uw browser verstuurt het formulier dan nog eens.
problem-fault = Er ging iets mis
problem-fault_text = Het staat in het logboek. Wie deze winkel beheert, vindt het daar onder het kenmerk hieronder.
