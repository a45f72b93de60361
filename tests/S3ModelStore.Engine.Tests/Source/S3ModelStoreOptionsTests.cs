using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Source;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source;

public sealed class S3ModelStoreOptionsTests
{
    private static readonly S3ModelStoreOptions Keys = new() { AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "planted-secret" };

    public static TheoryData<string, Func<S3ModelStoreOptions>, string> Invalid => new()
    {
        { "EndpointUrl", () => new() { EndpointUrl = "minio:9000" }, "not a plain http" },
        { "EndpointUrl", () => new() { EndpointUrl = "ftp://minio" }, "not a plain http" },
        { "EndpointUrl", () => new() { EndpointUrl = "" }, "not a plain http" },
        { "EndpointUrl", () => new() { EndpointUrl = "http://minio/?x=1" }, "not a plain http" },
        { "Region", () => new() { Region = "" }, "not a region" },
        { "Region", () => new() { Region = "eu west" }, "not a region" },
        { "Region", () => new() { Region = new string('r', 65) }, "not a region" },
        { "Credential", () => new() { AccessKeyId = "AKIDEXAMPLE" }, "only work together" },
        { "Credential", () => new() { SecretAccessKey = "planted-secret" }, "only work together" },
        { "SessionToken", () => new() { SessionToken = "planted-token" }, "belongs to" },
        { "Anonymous", () => Keys with { Anonymous = true }, "no credentials" },
        { "Anonymous", () => new() { Anonymous = true, ProfileName = "p" }, "no credentials" },
        { "ProfileName", () => Keys with { ProfileName = "p" }, "both given" },
        { "MaxConcurrency", () => new() { MaxConcurrency = 0 }, "0 is out of range" },
        { "MaxConcurrency", () => new() { MaxConcurrency = 1025 }, "1025 is out of range" },
        { "PartSize", () => new() { PartSize = S3ModelStoreOptions.MinPartSize - 1 }, "65535 bytes is out of range" },
        { "PartSize", () => new() { PartSize = S3ModelStoreOptions.MaxPartSize + 1 }, "out of range" },
        { "MaxRetries", () => new() { MaxRetries = -1 }, "-1 is out of range" },
        { "MaxRetries", () => new() { MaxRetries = 1001 }, "1001 is out of range" },
        { "BackoffBase", () => new() { BackoffBase = TimeSpan.Zero }, "not a positive time" },
        { "BackoffCap", () => new() { BackoffCap = TimeSpan.FromMilliseconds(1) }, "less than BackoffBase" },
        { "IdleTimeout", () => new() { IdleTimeout = TimeSpan.FromSeconds(-1) }, "not a positive time" },
        { "SlowTimeout", () => new() { SlowTimeout = TimeSpan.Zero }, "not a positive time" },
        { "SlowestRate", () => new() { SlowestRate = -1 }, "is negative" },
        { "ConnectTimeout", () => new() { ConnectTimeout = TimeSpan.Zero }, "not a positive time" },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void A_setting_that_cannot_work_is_refused_by_name(string option, Func<S3ModelStoreOptions> options, string reason)
    {
        var error = Assert.Throws<ModelStoreException>(() => options().Validate());

        Assert.Equal(ModelStoreErrorCode.InvalidOption, error.Code);
        Assert.StartsWith($"{option}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(error.Remedy));
        Assert.Equal(option, error.Target);
        Assert.DoesNotContain("planted", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_and_the_limits_themselves_are_valid()
    {
        S3ModelStoreOptions[] valid =
        [
            new(),
            Keys,
            Keys with { SessionToken = "t" },
            new() { Anonymous = true },
            new() { ProfileName = "p" },
            new() { EndpointUrl = "https://minio.example.com:9000/base", Region = "us-gov-west-1" },
            new() { MaxConcurrency = 1, PartSize = S3ModelStoreOptions.MinPartSize, MaxRetries = 0 },
            new() { MaxConcurrency = S3ModelStoreOptions.ConcurrencyLimit, PartSize = S3ModelStoreOptions.MaxPartSize, MaxRetries = 1000 },
            new() { BackoffBase = TimeSpan.FromSeconds(1), BackoffCap = TimeSpan.FromSeconds(1) },
        ];

        Assert.All(valid, options => Assert.Same(options, options.Validate()));
    }

    [Fact]
    public void Its_text_shows_no_secret()
    {
        var text = (Keys with { SessionToken = "planted-token", ProfileName = "shown", EndpointUrl = "https://minio" }).ToString();

        Assert.DoesNotContain("planted", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AKIDEXAMPLE", text, StringComparison.Ordinal);
        Assert.Contains("shown", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user:planted-secret@minio")]
    [InlineData("user:planted-secret@minio")]
    [InlineData("https://u:planted?planted@minio:9000/x@y")]
    [InlineData("https://minio/?X-Amz-Signature=planted")]
    public void An_endpoint_that_holds_a_secret_is_refused_without_repeating_it(string url)
    {
        var options = new S3ModelStoreOptions { EndpointUrl = url };
        var error = Assert.Throws<ModelStoreException>(options.Validate);

        Assert.DoesNotContain("planted", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("planted", options.ToString(), StringComparison.Ordinal);
    }
}
