using System.Management.Automation;
using System.Reflection;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Errors;

public sealed class ErrorRecordTests : IDisposable
{
    private readonly PowerShellEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("Get-S3ModelObject", "Get")]
    [InlineData("Test-S3ModelSource", "Test")]
    [InlineData("Measure-S3ModelDownload", "Measure")]
    [InlineData("Save-S3Model -Destination ./d", "Save")]
    public void A_malformed_uri_is_an_error_with_all_its_parts(string command, string verb)
    {
        var result = _engine.Run(command + " -Uri https://example.com/x");
        Assert.Null(result.Thrown);
        Assert.Empty(result.Output);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("InvalidUri,S3ModelStore.Commands." + verb, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal("https://example.com/x", error.TargetObject);
        Assert.Contains("s3://bucket", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("ModelStoreException", error.Exception.GetType().Name);
        Assert.Equal("InvalidUri", error.Exception.GetType().GetProperty("Code")!.GetValue(error.Exception)!.ToString());
    }

    [Fact]
    public void One_malformed_uri_does_not_stop_the_next()
        => Assert.Equal(["a", "b"], _engine.Run("'a', 'b' | Get-S3ModelObject; ").Errors.Select(error => error.TargetObject));

    [Fact]
    public void With_error_action_stop_the_first_one_ends_it()
    {
        var result = _engine.Run("'a', 'b' | Get-S3ModelObject -ErrorAction Stop");
        Assert.IsAssignableFrom<RuntimeException>(result.Thrown);
        Assert.Equal("a", result.Error().TargetObject);
    }

    [Fact]
    public void The_remedy_is_shown_to_the_person()
        => Assert.Contains("Write s3://bucket", _engine.Run("Get-S3ModelObject x 2>&1 | Out-Default").Screen, StringComparison.Ordinal);

    [Fact]
    public void Every_cause_has_a_category()
    {
        var cmdlets = CmdletAssembly.From(_engine);
        var codes = Enum.GetValues(CmdletAssembly.EngineType(cmdlets, "S3ModelStore.Engine.Errors.ModelStoreErrorCode"));
        var category = cmdlets.GetType("S3ModelStore.Errors.ModelStoreErrorRecord", throwOnError: true)!
            .GetMethod("Category", BindingFlags.Static | BindingFlags.NonPublic)!;
        var unspecified = codes.Cast<object>().Where(code => (ErrorCategory)category.Invoke(null, [code])! == ErrorCategory.NotSpecified);
        Assert.Equal(["None", "Internal"], unspecified.Select(code => code.ToString()));
    }
}
