<?php
// A shop of PHP's, as far as security keys go: its cipher, its list of keys, its check of a signature.
[, $command, $env, $argument] = $argv;

$key = (include $env)['crypt']['key'];
$key = base64_decode(substr($key, strlen('base64')));

$seal = function (string $text) use ($key): string {
    $nonce = random_bytes(12);
    $sealed = sodium_crypto_aead_chacha20poly1305_ietf_encrypt($text, $nonce, $nonce, $key);
    return '0:3:' . base64_encode($nonce . $sealed);
};
$open = function (string $stored) use ($key): string {
    $sealed = base64_decode(explode(':', $stored, 3)[2]);
    $nonce = substr($sealed, 0, 12);
    $text = sodium_crypto_aead_chacha20poly1305_ietf_decrypt(substr($sealed, 12), $nonce, $nonce, $key);
    return $text === false ? exit('it does not decrypt') : $text;
};
$encode = fn (string $bytes): string => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');

// A new key and the row that lists it.
if ($command === 'list') {
    $pair = openssl_pkey_new(['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']);
    openssl_pkey_export($pair, $private);
    $public = str_replace("\n", "\r\n", trim(openssl_pkey_get_details($pair)['key']));
    $listed = ['key' => $public, 'id' => base64_encode('made by PHP'), 'aaguid' => base64_encode(str_repeat("\0", 16))];
    $config = ['u2fkey' => ['registration' => ['public_keys' => [$listed]], 'active' => true]];
    echo json_encode(['private' => $private, 'row' => $seal(json_encode($config))]);
}

// What that key answers to request options.
if ($command === 'answer') {
    ['private' => $private, 'options' => $options] = json_decode($argument, true);
    $options = json_decode($options, true);
    $data = hash('sha256', $options['rpId'], true) . "\x01" . pack('N', 7);
    $collected = json_encode(
        ['type' => 'webauthn.get', 'challenge' => $options['challenge'], 'origin' => 'https://luma.test'],
        JSON_UNESCAPED_SLASHES
    );
    openssl_sign($data . hash('sha256', $collected, true), $signature, $private, OPENSSL_ALGO_SHA256);
    $id = $options['allowCredentials'][0]['id'];
    echo json_encode(['id' => $id, 'rawId' => $id, 'type' => 'public-key', 'response' => [
        'clientDataJSON' => $encode($collected),
        'authenticatorData' => $encode($data),
        'signature' => $encode($signature),
    ]]);
}

// Whether the first key of a row has the id and has made the signature.
if ($command === 'verify') {
    ['row' => $row, 'id' => $id, 'message' => $message, 'signature' => $signature] = json_decode($argument, true);
    $u2f = json_decode($open($row), true)['u2fkey'];
    $listed = $u2f['registration']['public_keys'][0];
    $verified = openssl_verify(
        base64_decode($message),
        base64_decode($signature),
        $listed['key'],
        OPENSSL_ALGO_SHA256
    );
    echo json_encode([$u2f['active'], $listed['id'] === $id, $verified, strlen(base64_decode($listed['aaguid']))]);
}
