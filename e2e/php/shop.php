<?php
/**
 * Makes the files of an instance as PHP Commerce leaves them: env.php and config.php with what
 * app:config:dump and config:set --lock-env put there, and stored sessions; and answers with what
 * goes into the database, made by PHP too. Reads one JSON object from standard input, writes one.
 */

declare(strict_types=1);

$task = json_decode(stream_get_contents(STDIN), true, 16, JSON_THROW_ON_ERROR);
$root = $task['root'];
$key = $task['crypt_key'];

$encrypt = static function (string $value) use ($key): string {
    $nonce = random_bytes(SODIUM_CRYPTO_AEAD_CHACHA20POLY1305_IETF_NPUBBYTES);
    $sealed = sodium_crypto_aead_chacha20poly1305_ietf_encrypt($value, $nonce, $nonce, $key);
    return '0:3:' . base64_encode($nonce . $sealed);
};

$hash = static function (string $password): string {
    $salt = substr(bin2hex(random_bytes(16)), 0, 32);
    $digest = sodium_crypto_pwhash(
        32,
        $password,
        substr($salt, 0, SODIUM_CRYPTO_PWHASH_SALTBYTES),
        2,
        67108864,
        SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13
    );
    return bin2hex($digest) . ":$salt:3_32_2_67108864";
};

$format = static function (array $data, int $depth = 1) use (&$format): string {
    $lines = [];
    foreach ($data as $name => $value) {
        $value = is_array($value) ? $format($value, $depth + 1) : var_export($value, true);
        $lines[] = str_repeat('    ', $depth) . var_export($name, true) . ' => ' . $value;
    }
    return "[\n" . implode(",\n", $lines) . "\n" . str_repeat('    ', $depth - 1) . ']';
};

// Written over what is there, as Commerce writes: the file keeps its owner and mode.
$write = static function (string $file, array $data) use ($root, $format): void {
    file_put_contents("$root/app/etc/$file", "<?php\nreturn " . $format($data) . ";\n");
};

$settings = static fn (): array => [
    'admin_enabled' => $task['flag'],
    'organization_id' => $encrypt($task['organization_id']),
    'api_key' => $encrypt($task['client_id']),
    'private_key' => $encrypt($task['client_secret']),
];

$write('env.php', [
    'backend' => ['frontName' => 'backstage'],
    'crypt' => ['key' => $key],
    'db' => [
        'table_prefix' => $task['prefix'],
        'connection' => ['default' => $task['connection']],
    ],
    'session' => $task['session'],
    'cache_types' => ['config' => 1, 'layout' => 1],
    'system' => ['default' => [
        'web' => ['unsecure' => ['base_url' => 'http://shop.test/']],
        'adobe_ims' => ['integration' => [
            'private_key' => $encrypt($task['client_secret']),
            'logging_enabled' => '0',
        ]],
    ]],
    'install' => ['date' => 'Thu, 20 Nov 2025 20:48:00 +0000'],
]);
$write('config.php', [
    'modules' => [
        'Magento_Store' => 1,
        'Magento_AdminAdobeIms' => 1,
        'Magento_TwoFactorAuth' => 0,
    ],
    'system' => [
        'default' => [
            'web' => ['secure' => ['use_in_adminhtml' => '1']],
            'adobe_ims' => ['integration' => $settings()],
            'general' => ['locale' => ['code' => 'en_US']],
        ],
        'websites' => ['base' => ['adobe_ims' => ['integration' => $settings()]]],
    ],
]);

ini_set('session.save_path', "$root/var/session");
ini_set('session.use_cookies', '0');
$session = static function (string $id, array $content): string {
    session_id($id);
    session_start(['use_strict_mode' => 0]);
    $_SESSION = $content;
    $encoded = session_encode();
    session_write_close();
    return $encoded;
};
$sessions = [
    'adobeadmin' => $session('adobeadmin', ['admin' => [
        'user' => ['user_id' => 2],
        'adobe_access_token' => $task['session_token'],
        'token_last_check_time' => 1763600000,
    ]]),
    'passwordadmin' => $session('passwordadmin', ['admin' => ['user' => ['user_id' => 1]]]),
    'customer' => $session('customer', [
        'customer_base' => ['customer_id' => 7],
        'checkout' => ['note' => 'admin|adobe_access_token'],
    ]),
];
if ($task['session']['save'] !== 'files') {
    array_map('unlink', glob("$root/var/session/sess_*"));
}

echo json_encode([
    'password_hash' => $hash($task['password']),
    'settings' => $settings(),
    'tokens' => array_map($encrypt, $task['tokens']),
    'sessions' => array_map('base64_encode', $sessions),
], JSON_THROW_ON_ERROR);
