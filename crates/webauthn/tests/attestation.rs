//! Models that are limited: who vouches for one, and who does not.
#![cfg(test)]

use data_encoding::BASE64;
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DistinguishedName, DnType, IsCa, Issuer,
    KeyPair, PKCS_ECDSA_P256_SHA256, SigningKey,
};
use webauthn::testing::{Authenticator, bytes, text};
use webauthn::{Aaguid, Creation, Models, Refusal, RelyingParty, TrustRoots, UserVerification};
use webauthn::{InvalidRoots, Wanted};

const OPTIONS: &str = r#"{"challenge":"CQkJCQkJCQkJCQkJCQkJCQ","user":{"id":"AQ"}}"#;
const MODEL: &[u64] = &[1, 3, 6, 1, 4, 1, 45724, 1, 1, 4];

/// A maker's certificate or a model's, with its key.
struct Holder {
    params: CertificateParams,
    key: KeyPair,
    der: Vec<u8>,
    pem: String,
}

impl Holder {
    fn maker(
        name: &str,
        issuer: Option<&Self>,
        alter: impl FnOnce(&mut CertificateParams),
    ) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        alter(&mut params);
        Self::issue(params, issuer)
    }

    fn model(issuer: Option<&Self>, alter: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut params = CertificateParams::default();
        let mut name = DistinguishedName::new();
        name.push(DnType::CountryName, "SE");
        name.push(DnType::OrganizationName, "Maker");
        name.push(DnType::OrganizationalUnitName, "Authenticator Attestation");
        name.push(DnType::CommonName, "Model 7");
        params.distinguished_name = name;
        params.is_ca = IsCa::ExplicitNoCa;
        params.custom_extensions = vec![model_extension([7; 16])];
        alter(&mut params);
        Self::issue(params, issuer)
    }

    fn issue(params: CertificateParams, issuer: Option<&Self>) -> Self {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let certificate = match issuer {
            None => params.self_signed(&key),
            Some(issuer) => {
                let issuer = Issuer::from_params(&issuer.params, &issuer.key);
                params.signed_by(&key, &issuer)
            }
        };
        let certificate = certificate.unwrap();
        Self {
            der: certificate.der().to_vec(),
            pem: pem(certificate.der()),
            params,
            key,
        }
    }
}

fn pem(der: &[u8]) -> String {
    let mut text = "-----BEGIN CERTIFICATE-----\n".to_owned();
    for line in BASE64.encode(der).as_bytes().chunks(64) {
        text.push_str(std::str::from_utf8(line).unwrap());
        text.push('\n');
    }
    text + "-----END CERTIFICATE-----\n"
}

fn model_extension(aaguid: [u8; 16]) -> CustomExtension {
    let content = [&[4, 16][..], &aaguid].concat();
    CustomExtension::from_oid_content(MODEL, content)
}

/// `alg`, `sig` and, with certificates, `x5c`.
fn statement(algorithm: u8, signature: &[u8], chain: Option<&[&Holder]>) -> Vec<u8> {
    let mut statement = vec![0xa2 + u8::from(chain.is_some())];
    statement.extend(text("alg"));
    statement.push(algorithm);
    statement.extend(text("sig"));
    statement.extend(bytes(signature));
    if let Some(chain) = chain {
        statement.extend(text("x5c"));
        statement.push(0x80 + u8::try_from(chain.len()).unwrap());
        for holder in chain {
            statement.extend(bytes(&holder.der));
        }
    }
    statement
}

fn verify(answer: &str, models: Option<&Models>) -> Result<(), Refusal> {
    let party = RelyingParty::new("shop.test", "https://shop.test/").unwrap();
    let wanted = Wanted {
        party: &party,
        user: UserVerification::Preferred,
        models,
        is_asked: &|_| Ok(()),
        now: "2026-11-21T12:00:00Z".parse().unwrap(),
    };
    Creation::read(answer)?.verify(&wanted).map(|_| ())
}

fn models(root: &Holder) -> Models {
    models_of(root, Aaguid::parse(&"07".repeat(16)).unwrap())
}

fn models_of(root: &Holder, aaguid: Aaguid) -> Models {
    Models {
        allowed: vec![aaguid],
        roots: TrustRoots::from_pem(root.pem.as_bytes()).unwrap(),
    }
}

/// An answer whose attestation is signed by the first of `chain`.
fn attested(chain: &[&Holder]) -> String {
    let mut authenticator = Authenticator::new("shop.test", "https://shop.test");
    authenticator.create_attested(OPTIONS, "packed", |_, message| {
        let signature = chain[0].key.sign(message).unwrap();
        statement(0x26, &signature, Some(chain))
    })
}

fn told(chain: &[&Holder], root: &Holder) -> Result<(), Refusal> {
    verify(&attested(chain), Some(&models(root)))
}

#[test]
fn a_model_counts_whose_maker_is_trusted() {
    let root = Holder::maker("Root", None, |_| {});
    let between = Holder::maker("Between", Some(&root), |_| {});
    let direct = Holder::model(Some(&root), |_| {});
    let leaf = Holder::model(Some(&between), |_| {});
    assert_eq!(told(&[&direct], &root), Ok(()));
    assert_eq!(told(&[&direct, &root], &root), Ok(()));
    assert_eq!(told(&[&leaf, &between], &root), Ok(()));
    assert_eq!(told(&[&leaf], &leaf), Ok(()), "trusted as it is");
    let other = models_of(&root, Aaguid::parse(&"08".repeat(16)).unwrap());
    let refused = verify(&attested(&[&direct]), Some(&other));
    assert_eq!(refused, Err(Refusal::Model));
}

#[test]
fn without_a_trusted_maker_a_model_is_worth_nothing() {
    let refused = Err(Refusal::Attestation);
    let root = Holder::maker("Root", None, |_| {});
    let impostor = Holder::maker("Root", None, |_| {});
    let leaf = Holder::model(Some(&impostor), |_| {});
    assert_eq!(told(&[&leaf], &root), refused);
    assert_eq!(told(&[&leaf, &impostor], &root), refused);
    assert_eq!(told(&[&leaf, &root], &root), refused);
    let no_maker = Holder::maker("No maker", Some(&root), |params| {
        params.is_ca = IsCa::ExplicitNoCa;
    });
    let leaf = Holder::model(Some(&no_maker), |_| {});
    assert_eq!(told(&[&leaf, &no_maker], &root), refused);
    let short = Holder::maker("Short", Some(&root), |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    });
    let between = Holder::maker("Between", Some(&short), |_| {});
    let leaf = Holder::model(Some(&between), |_| {});
    assert_eq!(told(&[&leaf, &between, &short], &root), refused);
    let past = rcgen::date_time_ymd(2020, 1, 1);
    let outdated = Holder::model(Some(&root), |params| params.not_after = past);
    assert_eq!(told(&[&outdated], &root), refused);
    assert_eq!(told(&[&outdated], &outdated), refused);
    let old = Holder::maker("Old", Some(&root), |params| params.not_after = past);
    let leaf = Holder::model(Some(&old), |_| {});
    assert_eq!(told(&[&leaf, &old], &root), refused);
}

#[test]
fn a_certificate_that_is_no_models_is_refused_even_where_all_models_are_allowed() {
    let root = Holder::maker("Root", None, |_| {});
    let good = Holder::model(Some(&root), |_| {});
    assert_eq!(verify(&attested(&[&good]), None), Ok(()));
    let refused = Err(Refusal::Attestation);
    let of_another = Holder::model(Some(&root), |params| {
        params.custom_extensions = vec![model_extension([8; 16])];
    });
    let maker = Holder::model(Some(&root), |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    });
    let unit = Holder::model(Some(&root), |params| {
        let unit = DnType::OrganizationalUnitName;
        params
            .distinguished_name
            .push(unit, "Something else here 12345");
    });
    for wrong in [&of_another, &maker, &unit] {
        assert_eq!(verify(&attested(&[wrong]), None), refused);
    }
    let many = [&good; 6];
    assert_eq!(verify(&attested(&many), None), refused);
}

#[test]
fn a_statement_is_signed_over_this_very_answer() {
    let root = Holder::maker("Root", None, |_| {});
    let good = Holder::model(Some(&root), |_| {});
    let other = Holder::model(Some(&root), |_| {});
    let answer = |state: &dyn Fn(&Authenticator, &[u8]) -> Vec<u8>| {
        let mut authenticator = Authenticator::new("shop.test", "https://shop.test");
        let answer = authenticator.create_attested(OPTIONS, "packed", state);
        verify(&answer, None)
    };
    let sign = |holder: &Holder, message: &[u8]| holder.key.sign(message).unwrap();
    let refused = Err(Refusal::Attestation);
    let by_another = answer(&|_, message| statement(0x26, &sign(&other, message), Some(&[&good])));
    assert_eq!(by_another, refused);
    let of_another = answer(&|_, _| statement(0x26, &sign(&good, b"else"), Some(&[&good])));
    assert_eq!(of_another, refused);
    let by_another_way =
        answer(&|_, message| statement(0x27, &sign(&good, message), Some(&[&good])));
    assert_eq!(by_another_way, refused);
    assert_eq!(answer(&|_, _| vec![0xa0]), refused);
    assert_eq!(answer(&|_, _| statement(0x26, &[], Some(&[]))), refused);
    assert_eq!(answer(&|_, _| statement(0x26, &[], None)), refused);
}

#[test]
fn a_key_that_vouches_for_itself_is_a_key_but_no_model() {
    let mut authenticator = Authenticator::new("shop.test", "https://shop.test");
    let answer = authenticator.create_attested(OPTIONS, "packed", |key, message| {
        statement(0x26, &key.sign(message), None)
    });
    assert_eq!(verify(&answer, None), Ok(()));
    let root = Holder::maker("Root", None, |_| {});
    let refused = Err(Refusal::Attestation);
    assert_eq!(verify(&answer, Some(&models(&root))), refused);
    let silent = authenticator.create(OPTIONS);
    assert_eq!(verify(&silent, Some(&models(&root))), refused);
}

#[test]
fn a_file_without_certificates_trusts_nobody() {
    for text in [
        "",
        "garbage",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        let roots = TrustRoots::from_pem(text.as_bytes()).err();
        assert_eq!(roots, Some(InvalidRoots), "{text}");
    }
}
