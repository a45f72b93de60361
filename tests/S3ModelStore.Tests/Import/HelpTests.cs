using System.Management.Automation;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Import;

public sealed class HelpTests : IDisposable
{
    private readonly PowerShellEngine _engine = new();

    public static TheoryData<string> Cmdlets => ["Get-S3ModelObject", "Measure-S3ModelDownload", "Save-S3Model", "Test-S3ModelSource"];

    public void Dispose() => _engine.Dispose();

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_is_found_and_has_all_its_sections(string cmdlet)
    {
        _engine.Set("Cmdlet", cmdlet);
        var result = _engine.Run("Get-Help $Cmdlet -Full | Out-Default");
        Assert.Null(result.Thrown);
        Assert.All(["SYNOPSIS", "DESCRIPTION", "PARAMETERS", "OUTPUTS", "Example 2", $"s3://models/tiny-llm"], part => Assert.Contains(part, result.Screen, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_described_and_no_other(string cmdlet)
    {
        _engine.Set("Cmdlet", cmdlet);
        var command = (CommandInfo)_engine.Run("Get-Command $Cmdlet").Only().BaseObject;
        var real = command.Parameters.Keys.Where(name => !IsCommon(name)).Order(StringComparer.Ordinal);
        var described = _engine.Run("(Get-Help $Cmdlet -Full).parameters.parameter | ForEach-Object { if ([string]$_.description[0].Text) { $_.name } }").Output
            .Select(name => (string)name.BaseObject).Order(StringComparer.Ordinal);
        Assert.Equal(real, described);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_syntax_has_the_parameters_of_its_set(string cmdlet)
    {
        _engine.Set("Cmdlet", cmdlet);
        var command = (CommandInfo)_engine.Run("Get-Command $Cmdlet").Only().BaseObject;
        var real = command.ParameterSets.Select(set => string.Join(' ', set.Parameters.Select(parameter => parameter.Name).Where(name => !IsCommon(name)).Order(StringComparer.Ordinal)));
        var shown = _engine.Run("(Get-Help $Cmdlet -Full).syntax.syntaxItem | ForEach-Object { ,[string[]]@($_.parameter.name) }").Output
            .Select(names => string.Join(' ', ((string[])names.BaseObject).Order(StringComparer.Ordinal)));
        Assert.Equal(real.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_tells_how_parameters_really_bind(string cmdlet)
    {
        _engine.Set("Cmdlet", cmdlet);
        var command = (CommandInfo)_engine.Run("Get-Command $Cmdlet").Only().BaseObject;
        var real = command.ParameterSets.SelectMany(set => set.Parameters).Where(parameter => !IsCommon(parameter.Name))
            .Select(parameter => $"{parameter.Name} {(parameter.Position < 0 ? "named" : parameter.Position)} {(parameter.IsMandatory ? "true" : "false")} {Aliases(parameter.Aliases)}");
        var told = _engine.Run("(Get-Help $Cmdlet -Full).parameters.parameter | ForEach-Object { $_.name + ' ' + $_.position + ' ' + $_.required + ' ' + $_.aliases }").Output
            .Select(line => (string)line.BaseObject);
        // A parameter that binds differently from set to set is told as it is in one of them.
        Assert.Subset(real.ToHashSet(StringComparer.Ordinal), told.ToHashSet(StringComparer.Ordinal));
    }

    private static string Aliases(IEnumerable<string> aliases) => string.Join(", ", aliases.DefaultIfEmpty("none"));

    private static bool IsCommon(string name) => Cmdlet.CommonParameters.Contains(name);
}
