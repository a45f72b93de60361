#!/usr/bin/env pwsh
#requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests and packages the module. Needs pwsh and the .NET SDK.
.EXAMPLE
    ./build.ps1
    Builds; output/S3ModelStore/S3ModelStore.psd1 can be imported then.
.EXAMPLE
    ./build.ps1 Test, Package -Configuration Release
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Package', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$output = Join-Path $PSScriptRoot output
$module = Join-Path $output S3ModelStore
$manifest = Join-Path $module S3ModelStore.psd1

function Invoke-DotNet {
    dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE." }
}

function Invoke-Build {
    # What an older build left in the module must not be packaged.
    Clear-Output
    Invoke-DotNet build (Join-Path $PSScriptRoot S3ModelStore.sln) --configuration $Configuration
    $null = Test-ModuleManifest $manifest
}

function Invoke-Test {
    foreach ($project in 'S3ModelStore.Engine.Tests', 'S3ModelStore.Tests') {
        Invoke-DotNet test --project (Join-Path $PSScriptRoot tests $project) --configuration $Configuration
    }

    if (-not (Get-Module Pester -ListAvailable | Where-Object Version -GE '5.0')) {
        Write-Warning 'Pester 5 is not installed; its suite was left out. Install-PSResource Pester brings it.'
        return
    }

    # In a process of its own: a loaded module could not be built again.
    pwsh -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot .ci pester.ps1)
    if ($LASTEXITCODE -ne 0) { throw 'The Pester suite failed.' }
}

function Invoke-Package {
    # With machine code for every system, where a plain build has it for this one.
    Invoke-DotNet build (Join-Path $PSScriptRoot src S3ModelStore) --configuration $Configuration '-p:Precompile=all'
    $version = (Import-PowerShellDataFile $manifest).ModuleVersion
    $package = Join-Path $output "S3ModelStore.$version.zip"
    if (Test-Path -LiteralPath $package) { Remove-Item -LiteralPath $package }
    [System.IO.Compression.ZipFile]::CreateFromDirectory($module, $package, 'Optimal', $true)
    Get-Item -LiteralPath $package
}

function Clear-Output {
    if (Test-Path -LiteralPath $module) { Remove-Item -LiteralPath $module -Recurse -Force }
}

switch ($Task) {
    Build { Invoke-Build }
    Test { Invoke-Test }
    Package { Invoke-Package }
    Clean {
        Get-ChildItem $PSScriptRoot -Recurse -Directory -Include bin, obj | Remove-Item -Recurse -Force
        if (Test-Path -LiteralPath $output) { Remove-Item -LiteralPath $output -Recurse -Force }
    }
}
