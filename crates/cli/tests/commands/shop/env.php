<?php
return [
    'backend' => [
        'frontName' => 'admin_1x2y3z'
    ],
    'remote_storage' => [
        'driver' => 'file'
    ],
    'cache' => [
        'graphql' => [
            'id_salt' => 'YJdVP4Pz0PPZB0lRlE9rNTVtFgCAuXa6'
        ]
    ],
    // Set up by the agency, 2023
    'crypt' => [
        'key' => '0123456789abcdef0123456789abcdef'
    ],
    'db' => [
        'table_prefix' => 'mg_',
        'connection' => [
            'default' => [
                'host' => 'SERVER',
                'dbname' => 'DATABASE',
                'username' => 'root',
                'password' => '',
                'model' => 'mysql4',
                'engine' => 'innodb',
                'initStatements' => 'SET NAMES utf8;',
                'active' => '1',
                'driver_options' => [
                    1014 => false
                ]
            ]
        ]
    ],
    'resource' => [
        'default_setup' => [
            'connection' => 'default'
        ]
    ],
    'x-frame-options' => 'SAMEORIGIN',
    'MAGE_MODE' => 'production',
    'session' => [
        'save' => 'files'
    ],
    'cache_types' => [
        'config' => 1,
        'layout' => 1
    ],
    'install' => [
        'date' => 'Mon, 06 Mar 2023 09:15:00 +0000'
    ]
];
