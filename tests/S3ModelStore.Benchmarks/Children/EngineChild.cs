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
        if (arguments.Number("die-after", 0) is > 0 and var bytes)
            _ = DieAsync(monitor, bytes);
        var outcome = await store.DownloadAsync(plan, monitor, CancellationToken.None);
        if (!outcome.Result.Success)
            throw new InvalidOperationException(outcome.Result.ErrorMessage ?? "The download failed.");
        if (arguments.TextOrNull("expect") is { } level && outcome.Result.Verification.ToString() != level)
            throw new InvalidOperationException($"Proved was {outcome.Result.Verification}, to be measured is {level}.");
        if (arguments.Has("notes"))
            Console.WriteLine(string.Join(Environment.NewLine, outcome.Notes));
        Measurement.Print(wall);
        return 0;
    }

    public static S3ModelStoreOptions OptionsFor(Arguments arguments) => new()
    {
        EndpointUrl = arguments.Text("endpoint"),
        Anonymous = arguments.Has("anonymous"),
        SkipCertificateCheck = arguments.Has("anonymous"),
        AccessKeyId = arguments.Has("anonymous") ? null : S3TestServer.DefaultAccessKey,
        SecretAccessKey = arguments.Has("anonymous") ? null : S3TestServer.DefaultSecretKey,
        MaxConcurrency = arguments.Number("concurrency", 0) is > 0 and var fixedLimit ? fixedLimit : null,
    };

    /// <summary>As a crash would: nothing is flushed, closed or written down.</summary>
    private static async Task DieAsync(TransferMonitor monitor, long bytes)
    {
        while (monitor.Snapshot().BytesDone < bytes)
            await Task.Delay(1);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
