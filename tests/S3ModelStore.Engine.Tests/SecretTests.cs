using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.Engine.Tests.Source;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Faults;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests;

/// <summary>A secret key and a session token are planted, everything that can come out is collected, and both are searched for.</summary>
public sealed class SecretTests
{
    private const string Secret = "PLANTED/secret+key=0123456789abcdef";
    private const string Token = "PLANTED-session-token//0123456789==";

    public static TheoryData<string> Faults =>
    [
        "none", "500", "503", "429", "stall", "truncate", "reset", "drop", "flip", "expired", "denied", "region", "redirect", "range", "ETag", "garbage", "echo 400", "echo 500",
        "list 500", "list expired", "list garbage", "list redirect", "list stall", "list echo", "list echo 500", "token", "secret", "key", "bucket", "unreachable", "TLS", "skew", "disk",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Nothing_that_comes_out_holds_a_secret(string fault)
    {
        await using var fixture = await EngineFixture.StartAsync(new S3TestServerOptions { SecretKey = Secret, SessionToken = Token, UseTls = fault == "TLS" });
        fixture.Options = fixture.Options with
        {
            SessionToken = Token,
            MaxRetries = 1,
            PartSize = MiB,
            IdleTimeout = fault.Contains("stall", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(100) : fixture.Options.IdleTimeout,
        };
        fixture.Put("m/a.bin", 2 * MiB, etag: MultipartETag);
        fixture.Put("m/b.json", 1000);
        Inject(fixture, fault);
        var collected = new CollectedText();

        await CollectAsync(fixture, fault is "bucket" ? "s3://nowhere/m" : "s3://models/m", collected);

        collected.AddFiles(fixture.Root);
        // Whoever is asked for help gets these texts; the key's id is not a secret, and still not theirs.
        collected.AssertHoldsNone(Secret, Token, fixture.Server.AccessKey);
    }

    [Fact]
    public void Options_show_no_secret()
    {
        var options = new S3ModelStoreOptions { AccessKeyId = "a", SecretAccessKey = Secret, SessionToken = Token };

        Assert.DoesNotContain("PLANTED", options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("PLANTED", $"{options with { Region = "eu-west-1" }}", StringComparison.Ordinal);
    }

    private static void Inject(EngineFixture fixture, string fault)
    {
        var faults = fixture.Server.Faults;
        FaultRule Get() => faults.OnGet().Always();
        FaultRule List() => faults.OnList().Always();
        _ = fault switch
        {
            "500" => Get().Status(500),
            "503" => Get().Status(503),
            "429" => Get().Status(429),
            "stall" => Get().StallMidBody(10),
            "truncate" => Get().Truncate(10),
            "reset" => Get().ResetMidBody(10),
            "drop" => Get().DropConnectionBeforeHeaders(),
            "flip" => Get().FlipByte(10),
            "expired" => Get().ExpiredToken(),
            "denied" => Get().AccessDenied(),
            "region" => Get().WrongRegion301("eu-west-1"),
            "redirect" => Get().TemporaryRedirect307(fixture.Server.Endpoint),
            "range" => Get().ShiftContentRange(1),
            "ETag" => Get().WrongETagHeader(),
            "garbage" => Get().GarbageXml(),
            "echo 400" => Get().EchoRequest(400),
            "echo 500" => Get().EchoRequest(500),
            "list echo" => List().EchoRequest(400),
            "list echo 500" => List().EchoRequest(500),
            "list 500" => List().Status(500),
            "list expired" => List().ExpiredToken(),
            "list garbage" => List().GarbageXml(),
            "list redirect" => List().TemporaryRedirect307("http://elsewhere.invalid"),
            "list stall" => List().StallBeforeHeaders(),
            _ => null,
        };
        fixture.Options = fault switch
        {
            // The real ones stay in the request that is refused: the server's answer repeats what it was sent.
            "token" => fixture.Options with { AccessKeyId = "OTHER", SecretAccessKey = Secret, SessionToken = Token },
            "secret" => fixture.Options with { SecretAccessKey = Secret + "x" },
            "key" => fixture.Options with { SessionToken = Token + "x" },
            "unreachable" => fixture.Options with { EndpointUrl = $"http://127.0.0.1:{ProbeTests.FreePort()}" },
            _ => fixture.Options,
        };
        if (fault == "skew")
            fixture.Server.ClockOffset = TimeSpan.FromHours(2);
        if (fault == "disk")
            fixture.Put("m/huge.bin", 1L << 60, etag: MultipartETag);
    }

    private static async Task CollectAsync(EngineFixture fixture, string source, CollectedText collected)
    {
        using var store = new ModelStore(fixture.Options);
        var uri = S3ModelUri.Parse(source);
        collected.Add(fixture.Options.ToString());
        collected.Add(await store.ProbeAsync(uri, ModelFilter.All, CancellationToken.None));
        try
        {
            var request = fixture.Request(source);
            collected.Add(request.ToString());
            var monitor = new Progress.TransferMonitor();
            var plan = await store.PlanAsync(request, monitor, CancellationToken.None);
            collected.Add(plan.ToEstimate());
            var (result, failures) = await store.DownloadAsync(plan, monitor, CancellationToken.None);
            collected.Add(result);
            collected.Add(monitor.Snapshot());
            foreach (var failure in failures)
                collected.Add(failure);
        }
        catch (ModelStoreException e)
        {
            collected.Add(e);
        }
    }
}
