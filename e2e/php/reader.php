<?php
/**
 * PHP's own view of an instance, for as long as it is asked: one JSON object a line in, one out.
 *
 * {"root": …, "rows": {path: value}} answers with the settings of the integration as Commerce would
 * have them: env.php over config.php over the rows of the default scope, decrypted.
 * {"key": …, "sealed": [text, …]} answers with the opened values; null where the key opens none.
 */

declare(strict_types=1);

const PATHS = ['admin_enabled', 'organization_id', 'api_key', 'private_key'];

function open(string $key, string $sealed): ?string
{
    $parts = explode(':', $sealed, 3);
    $bytes = base64_decode($parts[2] ?? '');
    if (count($parts) !== 3 || $parts[1] !== '3' || strlen((string) $bytes) < 28) {
        return null;
    }
    $nonce = substr($bytes, 0, SODIUM_CRYPTO_AEAD_CHACHA20POLY1305_IETF_NPUBBYTES);
    $plain = sodium_crypto_aead_chacha20poly1305_ietf_decrypt(substr($bytes, strlen($nonce)), $nonce, $nonce, $key);
    return $plain === false ? null : $plain;
}

function settings(string $root, array $rows): array
{
    $files = array_replace_recursive(include "$root/app/etc/config.php", include "$root/app/etc/env.php");
    $locked = $files['system']['default']['adobe_ims']['integration'] ?? [];
    $answer = [];
    foreach (PATHS as $name) {
        $value = $locked[$name] ?? $rows["adobe_ims/integration/$name"] ?? null;
        $is_sealed = is_string($value) && preg_match('/^\d+:3:/', $value) === 1;
        $answer[$name] = $is_sealed ? open($files['crypt']['key'], $value) : $value;
    }
    return $answer;
}

while (($line = fgets(STDIN)) !== false) {
    $task = json_decode($line, true, 16, JSON_THROW_ON_ERROR);
    $answer = isset($task['root'])
        ? settings($task['root'], $task['rows'])
        : array_map(static fn (string $sealed): ?string => open($task['key'], $sealed), $task['sealed']);
    echo json_encode($answer, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}
