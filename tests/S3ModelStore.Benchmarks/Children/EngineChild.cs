using System.Diagnostics;
using S3ModelStore.Engine;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Source;
using S3ModelStore.TestServer;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>The engine as a cmdlet uses it: list, plan, download, everything on.</summary>
internal static class EngineChild
{
    public const string Verb = "child-engine";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var wall = Stopwatch.StartNew();
        using var store = new ModelStore(OptionsFor(arguments));
        var request = new DownloadRequest
        {
            Source = S3ModelUri.Parse($"s3://{ServerChild.Bucket}/{arguments.Text("kind")}"),
            Destination = arguments.Text("destination"),
            Verification = Enum.Parse<VerificationLevel>(arguments.TextOrNull("verification") ?? nameof(VerificationLevel.Sha256)),
        };
        var monitor = new TransferMonitor();
        var plan = await store.PlanAsync(request, monitor, CancellationToken.None);
        var outcome = await store.DownloadAsync(plan, monitor, CancellationToken.None);
        if (!outcome.Result.Success || outcome.Result.BytesDownloaded == 0)
            throw new InvalidOperationException(outcome.Result.ErrorMessage ?? "Nothing was downloaded.");
        Measurement.Print(wall);
        return 0;
    }

    public static S3ModelStoreOptions OptionsFor(Arguments arguments) => new()
    {
        EndpointUrl = arguments.Text("endpoint"),
        AccessKeyId = S3TestServer.DefaultAccessKey,
        SecretAccessKey = S3TestServer.DefaultSecretKey,
        MaxConcurrency = arguments.Number("concurrency", 0) is > 0 and var fixedLimit ? fixedLimit : null,
    };
}
