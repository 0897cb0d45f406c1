<?php
return [
    'modules' => [
        'Magento_Store' => 1,
        'Magento_AdminAdobeIms' => 1
    ]
];
