<?php
/**
 * Switches the integration on as PHP Commerce and `app:config:dump` leave it: encrypted settings in
 * core_config_data and again, locked, in config.php; env.php as Commerce's writer formats it.
 *
 * Usage: php instance.php ROOT HOST:PORT DATABASE PREFIX ORGANIZATION_ID CLIENT_ID CLIENT_SECRET
 */

declare(strict_types=1);

[, $root, $server, $database, $prefix, $organization, $client, $secret] = $argv;
[$host, $port] = explode(':', $server);
$key = '0123456789abcdef0123456789abcdef';

$encrypt = static function (string $value) use ($key): string {
    $nonce = random_bytes(SODIUM_CRYPTO_AEAD_CHACHA20POLY1305_IETF_NPUBBYTES);
    $sealed = sodium_crypto_aead_chacha20poly1305_ietf_encrypt($value, $nonce, $nonce, $key);
    return '0:3:' . base64_encode($nonce . $sealed);
};

$format = static function (array $data, int $depth = 1) use (&$format): string {
    $lines = [];
    foreach ($data as $name => $value) {
        $value = is_array($value) ? $format($value, $depth + 1) : var_export($value, true);
        $lines[] = str_repeat('    ', $depth) . var_export($name, true) . ' => ' . $value;
    }
    return "[\n" . implode(",\n", $lines) . "\n" . str_repeat('    ', $depth - 1) . ']';
};

$write = static function (string $file, array $data) use ($root, $format): void {
    @mkdir("$root/app/etc", 0755, true);
    file_put_contents("$root/app/etc/$file", "<?php\nreturn " . $format($data) . ";\n");
};

$settings = [
    'admin_enabled' => '1',
    'organization_id' => $encrypt($organization),
    'api_key' => $encrypt($client),
    'private_key' => $encrypt($secret),
];

$write('env.php', [
    'backend' => ['frontName' => 'backstage'],
    'crypt' => ['key' => $key],
    'db' => [
        'table_prefix' => $prefix,
        'connection' => ['default' => [
            'host' => $server, 'dbname' => $database, 'username' => 'root', 'password' => '',
            'model' => 'mysql4', 'engine' => 'innodb', 'initStatements' => 'SET NAMES utf8;',
            'active' => '1',
        ]],
    ],
    'session' => ['save' => 'files'],
    'install' => ['date' => 'Thu, 20 Nov 2025 20:48:00 +0000'],
]);
$write('config.php', [
    'modules' => [
        'Magento_Store' => 1,
        'Magento_AdminAdobeIms' => 1,
        'Magento_TwoFactorAuth' => 0,
    ],
    'system' => ['default' => [
        'web' => ['secure' => ['use_in_adminhtml' => '1']],
        'adobe_ims' => ['integration' => $settings],
    ]],
]);

$pdo = new PDO("mysql:host=$host;port=$port;dbname=$database;charset=utf8mb4", 'root', '');
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$statement = $pdo->prepare(
    "INSERT INTO `{$prefix}core_config_data` (scope, scope_id, path, value) VALUES ('default', 0, ?, ?)"
);
foreach ($settings as $name => $value) {
    $statement->execute(["adobe_ims/integration/$name", $value]);
}

// A session that began with an Adobe ID, and a customer's, as PHP's own handler stores them.
@mkdir("$root/var/session", 0755, true);
ini_set('session.save_path', "$root/var/session");
ini_set('session.use_cookies', '0');
$session = static function (string $id, array $content): void {
    session_id($id);
    session_start(['use_strict_mode' => 0]);
    $_SESSION = $content;
    session_write_close();
};
$session('adobeadmin', ['admin' => [
    'adobe_access_token' => 'adobe-access-token-' . str_repeat('k', 40),
    'token_last_check_time' => 1763600000,
]]);
$session('customer', ['customer_base' => ['customer_id' => 7]]);
