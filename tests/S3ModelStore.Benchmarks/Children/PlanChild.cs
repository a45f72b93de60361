using System.Diagnostics;
using S3ModelStore.Engine;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>Lists and plans, and weighs what the plan keeps alive.</summary>
internal static class PlanChild
{
    public const string Verb = "child-plan";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var wall = Stopwatch.StartNew();
        using var store = new ModelStore(EngineChild.OptionsFor(arguments));
        await PlanAsync(store, ServerChild.Bucket + "/" + ServerChild.SmallKey(0), arguments);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var plan = await PlanAsync(store, $"{ServerChild.Bucket}/{ServerChild.Small}", arguments);
        var live = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(plan);
        Measurement.Print(wall, live);
        return plan.FileCount == arguments.Number("objects", 0) ? 0 : 1;
    }

    private static Task<DownloadPlan> PlanAsync(ModelStore store, string source, Arguments arguments)
        => store.PlanAsync(
            new DownloadRequest { Source = S3ModelUri.Parse("s3://" + source), Destination = arguments.Text("destination") },
            monitor: null,
            CancellationToken.None);
}
