using System.Management.Automation;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Parameters;

public sealed class ParameterTests : IDisposable
{
    private readonly PowerShellEngine _engine = new();

    public static TheoryData<string> Cmdlets => ["Get-S3ModelObject", "Measure-S3ModelDownload", "Save-S3Model", "Test-S3ModelSource"];

    public void Dispose() => _engine.Dispose();

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_uri_comes_first_and_from_the_pipeline(string cmdlet)
    {
        var uris = Command(cmdlet).ParameterSets.SelectMany(set => set.Parameters).Where(parameter => parameter.Name == "Uri").ToList();
        Assert.Contains(uris, uri => uri.Position == 0);
        Assert.Contains(uris, uri => uri.ValueFromPipeline && uri.ValueFromPipelineByPropertyName);
        Assert.All(uris, uri =>
        {
            Assert.True(uri.IsMandatory);
            Assert.Equal(typeof(string[]), uri.ParameterType);
            Assert.Equal(["Source"], uri.Aliases);
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void All_have_the_connection_and_the_filter(string cmdlet)
    {
        string[] expected =
        [
            "EndpointUrl", "Region", "ProfileName", "Credential", "SessionToken", "Anonymous", "AddressingStyle", "SkipCertificateCheck", "RequestPayer",
            "Include", "Exclude",
        ];
        var parameters = Command(cmdlet).Parameters;
        Assert.All(expected, name => Assert.Contains(name, parameters.Keys));
        Assert.Equal(typeof(PSCredential), parameters["Credential"].ParameterType);
        Assert.Equal(typeof(System.Security.SecureString), parameters["SessionToken"].ParameterType);
    }

    [Theory]
    [InlineData("Save-S3Model", "Destination", "Path", "OutDir")]
    [InlineData("Measure-S3ModelDownload", "Destination", "Path", "OutDir")]
    [InlineData("Save-S3Model", "MaxConcurrency", "ThrottleLimit")]
    [InlineData("Get-S3ModelObject", "EndpointUrl", "Endpoint", "ServiceUrl")]
    [InlineData("Get-S3ModelObject", "ProfileName", "Profile", "AwsProfile")]
    [InlineData("Get-S3ModelObject", "Anonymous", "NoSignRequest")]
    [InlineData("Get-S3ModelObject", "SkipCertificateCheck", "NoVerifySsl")]
    public void Aliases_are_what_fingers_expect(string cmdlet, string parameter, params string[] aliases)
        => Assert.Equal(aliases, Command(cmdlet).Parameters[parameter].Aliases);

    [Fact]
    public void Save_knows_what_if_and_its_parameter_sets()
    {
        var save = Command("Save-S3Model");
        Assert.Contains("WhatIf", save.Parameters.Keys);
        Assert.Equal(["Object", "PipedUri", "Plan", "Uri"], save.ParameterSets.Select(set => set.Name).Order(StringComparer.Ordinal));
        Assert.Equal(1, save.ParameterSets[0].Parameters.Single(parameter => parameter.Name == "Destination").Position);
    }

    [Theory]
    [InlineData("-MaxConcurrency 0")]
    [InlineData("-MaxConcurrency 1025")]
    [InlineData("-PartSize 1KB")]
    [InlineData("-MaxRetries -1")]
    [InlineData("-NamePolicy Maybe")]
    [InlineData("-MinimumVerification Md5")]
    [InlineData("-AddressingStyle Left")]
    public void Values_out_of_range_are_refused_by_binding(string argument)
    {
        var result = _engine.Run("Save-S3Model not-a-uri ./d " + argument);
        var error = Assert.IsAssignableFrom<ParameterBindingException>(result.Error().Exception);
        Assert.Contains(argument.Split(' ')[0][1..], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-PartSize 64MB")]
    [InlineData("-PartSize '64MB'")]
    [InlineData("-PartSize 5GB")]
    [InlineData("-MaxRetries 0")]
    [InlineData("-NamePolicy Escape -MinimumVerification ETagMd5 -AddressingStyle Path")]
    public void Values_as_PowerShell_writes_them_are_understood(string argument)
        => Assert.StartsWith("InvalidUri,", _engine.Run("Save-S3Model not-a-uri ./d " + argument).Error().FullyQualifiedErrorId, StringComparison.Ordinal);

    [Theory]
    [InlineData("-Anonymous -ProfileName x")]
    [InlineData("-EndpointUrl minio:9000x")]
    [InlineData("-Region 'us east'")]
    public void Settings_that_make_no_sense_end_the_command(string arguments)
    {
        var result = _engine.Run($"try {{ Get-S3ModelObject s3://b/x {arguments} }} catch {{ throw }}");
        Assert.NotNull(result.Thrown);
        Assert.Equal("InvalidOption,S3ModelStore.Commands.GetS3ModelObjectCommand", result.Error().FullyQualifiedErrorId);
        Assert.False(string.IsNullOrEmpty(result.Error().ErrorDetails.RecommendedAction));
    }

    [Theory]
    [InlineData("Env:/x")]
    [InlineData("Variable:x")]
    [InlineData("nowhere:/x")]
    public void A_destination_outside_the_file_system_ends_the_command(string destination)
    {
        _engine.Set("Destination", destination);
        var result = _engine.Run("try { Save-S3Model s3://b/x $Destination } catch { throw }");
        Assert.NotNull(result.Thrown);
        Assert.Equal("InvalidOption,S3ModelStore.Commands.SaveS3ModelCommand", result.Error().FullyQualifiedErrorId);
        Assert.Equal(destination, result.Error().TargetObject);
    }

    [Theory]
    [InlineData("@{ Size = 1 }", "path")]
    [InlineData("@{ Path = 'a'; Sha265 = 'x' }", "Sha265")]
    [InlineData("'specs.csv'", "specs.csv")]
    public void File_specifications_that_prove_nothing_are_refused(string spec, string named)
    {
        var result = _engine.Run($"Save-S3Model s3://b/x ./d -FileSpec {spec}");
        Assert.Equal("InvalidFileSpec,S3ModelStore.Commands.SaveS3ModelCommand", result.Error().FullyQualifiedErrorId);
        Assert.Contains(named, result.Error().Exception.Message, StringComparison.Ordinal);
    }

    private CommandInfo Command(string name) => (CommandInfo)_engine.Run("Get-Command " + name).Only().BaseObject;
}
