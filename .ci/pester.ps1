# Runs the Pester suite against the built module; with a path, writes "passed failed skipped" there.
param([string] $CountsPath)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = Join-Path $PSScriptRoot '../tests/pester'
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration
if ($CountsPath) {
    "$($result.PassedCount) $($result.FailedCount) $($result.SkippedCount)" | Set-Content -LiteralPath $CountsPath
}
# A file that cannot even be read, or a suite without a test, has no failed test to count.
exit [int]($result.Result -ne 'Passed' -or $result.PassedCount -eq 0)
