using System.Management.Automation;
using System.Management.Automation.Language;
using S3ModelStore.Playground.Hosting;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Import;

public sealed class HelpTests : IDisposable
{
    private static readonly string Help = Path.Combine(Path.GetDirectoryName(BuiltModule.ManifestPath)!, "en-US");
    private static readonly string Docs = Path.GetFullPath(Path.Combine(Help, "..", "..", "..", "module", "docs", "en-US"));
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
        Assert.All(["SYNOPSIS", "DESCRIPTION", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "EXAMPLE 5", "RELATED LINKS", "s3://models/tiny-llm"], part => Assert.Contains(part, result.Screen, StringComparison.OrdinalIgnoreCase));
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

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_tells_the_defaults_of_the_code(string cmdlet)
    {
        _engine.Set("Cmdlet", cmdlet);
        var command = (CmdletInfo)_engine.Run("Get-Command $Cmdlet").Only().BaseObject;
        using var made = (IDisposable)Activator.CreateInstance(command.ImplementingType)!;
        var told = _engine.Run("(Get-Help $Cmdlet -Full).parameters.parameter | ForEach-Object { $_.name + ' ' + $_.defaultValue }").Output
            .Select(line => (string)line.BaseObject).ToArray();
        Assert.NotEmpty(told);
        Assert.Equal(told.Select(line => line.Split(' ')[0]).Select(name => $"{name} {Default(made, name)}"), told);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_tells_the_values_that_are_accepted(string cmdlet)
    {
        _engine.Set("Cmdlet", cmdlet);
        var command = (CommandInfo)_engine.Run("Get-Command $Cmdlet").Only().BaseObject;
        var real = command.Parameters.Values.Where(parameter => !IsCommon(parameter.Name) && Values(parameter).Any()).Select(parameter => $"{parameter.Name} {string.Join(' ', Values(parameter))}");
        var told = _engine.Run("(Get-Help $Cmdlet -Full).syntax.syntaxItem[0].parameter | Where-Object { $_.parameterValueGroup } | ForEach-Object { $_.name + ' ' + ($_.parameterValueGroup.parameterValue -join ' ') }").Output
            .Select(line => (string)line.BaseObject);
        Assert.Equal(real.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_example_parses_and_names_only_parameters_that_exist(string cmdlet)
    {
        _engine.Set("Cmdlet", cmdlet);
        var examples = _engine.Run("(Get-Help $Cmdlet -Full).examples.example | ForEach-Object { $_.code }").Output.Select(code => (string)code.BaseObject).ToArray();
        Assert.InRange(examples.Length, 5, 20);
        Assert.All(examples, example => Assert.Contains("S3Model", example, StringComparison.Ordinal));
        Assert.All(examples, AssertRuns);
    }

    [Fact]
    public void The_examples_of_the_topics_parse_too()
    {
        var blocks = Directory.EnumerateFiles(Docs, "about_*.md").SelectMany(file => File.ReadAllText(file).Split("```powershell").Skip(1)).Select(text => text.Split("```")[0]).ToArray();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, AssertRuns);
    }

    [Theory]
    [InlineData("about_S3ModelStore")]
    [InlineData("about_S3ModelStore_Credentials")]
    [InlineData("about_S3ModelStore_Verification")]
    public void Topics_are_laid_out_for_the_console(string topic)
    {
        var lines = File.ReadAllLines(Path.Combine(Help, topic + ".help.txt"));
        Assert.Equal(["TOPIC", "    " + topic, "", "SHORT DESCRIPTION"], lines[..4]);
        Assert.Contains("LONG DESCRIPTION", lines);
        Assert.DoesNotContain(lines, line => line.Contains('`', StringComparison.Ordinal) || line.Contains("](", StringComparison.Ordinal));
        // Code stays as it was written.
        Assert.DoesNotContain(lines, line => line.Length > 80 && !line.StartsWith("        ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_error_ids_of_the_help_are_those_of_the_code()
    {
        var codes = Enum.GetNames(CmdletAssembly.EngineType(CmdletAssembly.From(_engine), "S3ModelStore.Engine.Errors.ModelStoreErrorCode")).Except(["None"]);
        var section = File.ReadAllText(Path.Combine(Docs, "about_S3ModelStore.md")).Split("## Error ids")[1].Split("## ")[0];
        var told = section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(codes.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.All(codes, code => Assert.Contains("\n    " + code + " ", File.ReadAllText(Path.Combine(Help, "about_S3ModelStore.help.txt")), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_syntax_people_read_is_that_of_the_command(string cmdlet)
    {
        _engine.Set("Cmdlet", cmdlet);
        var command = (CommandInfo)_engine.Run("Get-Command $Cmdlet").Only().BaseObject;
        var section = File.ReadAllText(Path.Combine(Docs, cmdlet + ".md")).Split("## SYNTAX")[1].Split("## DESCRIPTION")[0];
        var told = section.Split("```").Where((_, index) => index % 2 == 1).Select(OneLine);
        Assert.Equal(command.ParameterSets.Select(set => OneLine($"{cmdlet} {set}")), told);
    }

    [Fact]
    public void What_cmdlets_share_is_said_alike()
    {
        string[] shared = ["AddressingStyle", "Anonymous", "Credential", "EndpointUrl", "Exclude", "Include", "ProfileName", "Region", "RequestPayer", "SessionToken", "SkipCertificateCheck", "Uri"];
        Assert.All(shared, name => Assert.Single(Cmdlets.Select(row => Words((string)row.Data, name)).Distinct()));
    }

    private static string Words(string cmdlet, string parameter)
        => File.ReadAllText(Path.Combine(Docs, cmdlet + ".md")).Split($"### -{parameter}\n")[1].Split("```yaml")[0];

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Default(object cmdlet, string parameter) => cmdlet.GetType().GetProperty(parameter)?.GetValue(cmdlet) switch
    {
        // The engine's own, where a command leaves it to that.
        null when parameter == "MaxRetries" => EngineDefault(cmdlet, parameter),
        null when parameter is "WhatIf" or "Confirm" => "False",
        null or Array { Length: 0 } or "" => "None",
        var value => value.ToString()!,
    };

    private static string EngineDefault(object cmdlet, string option)
    {
        var type = CmdletAssembly.EngineType(cmdlet.GetType().Assembly, "S3ModelStore.Engine.Source.S3ModelStoreOptions");
        return type.GetProperty(option)!.GetValue(Activator.CreateInstance(type))!.ToString()!;
    }

    private static IEnumerable<string> Values(ParameterMetadata parameter)
        => parameter.ParameterType.IsEnum ? Enum.GetNames(parameter.ParameterType) : parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues);

    private void AssertRuns(string script)
    {
        var parsed = Parser.ParseInput(script, out _, out var errors);
        Assert.Empty(errors);
        foreach (var command in parsed.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Where(command => command.GetCommandName()?.Contains("S3Model", StringComparison.Ordinal) == true))
        {
            _engine.Set("Cmdlet", command.GetCommandName());
            var known = (CommandInfo)_engine.Run("Get-Command $Cmdlet -ErrorAction Stop").Only().BaseObject;
            Assert.All(command.CommandElements.OfType<CommandParameterAst>(), parameter => Assert.NotNull(known.ResolveParameter(parameter.ParameterName)));
        }
    }

    private static string Aliases(IEnumerable<string> aliases) => string.Join(", ", aliases.DefaultIfEmpty("none"));

    private static bool IsCommon(string name) => Cmdlet.CommonParameters.Contains(name);
}
