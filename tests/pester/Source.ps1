# Dot-sourced by every suite: the built module, and whether there is a server to talk to.
# S3MODELSTORE_TEST_ENDPOINT is its URL, S3MODELSTORE_TEST_URI a model on it of at least two files; keys come from the usual AWS variables.
Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'S3ModelStore', 'S3ModelStore.psd1')) -ErrorAction Stop

$Missing = @('S3MODELSTORE_TEST_ENDPOINT', 'S3MODELSTORE_TEST_URI', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY').Where({ -not [Environment]::GetEnvironmentVariable($_) })
$NoServer = $Missing.Count -gt 0
$Because = if ($NoServer) { " (skipped: $($Missing -join ', ') not set)" } else { '' }
$Uri = $env:S3MODELSTORE_TEST_URI
$Store = @{ EndpointUrl = "$env:S3MODELSTORE_TEST_ENDPOINT" }
