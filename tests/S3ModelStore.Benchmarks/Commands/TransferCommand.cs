using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Reporting;
using S3ModelStore.TestServer;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>Large files: the engine against a bare loop of the same requests, and against other tools where they are installed.</summary>
internal static class TransferCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var gib = arguments.Number("gib", 2);
        var parallel = arguments.Number("parallel", 8);
        using var server = await ServerProcess.StartAsync(("gib", gib));
        using var scratch = new Scratch(arguments.TextOrNull("destination"), gib * ServerChild.GiB);
        var contest = new SideBySide(server.CountAsync, scratch);
        contest.AddChild("bare loop", server.Endpoint, BareChild.Verb, ("gib", gib), ("parallel", parallel));
        contest.AddChild("engine, size only", server.Endpoint, EngineChild.Verb, ("kind", ServerChild.Crc), ("verification", "Size"));
        contest.AddChild("engine, CRC64NVME proved", server.Endpoint, EngineChild.Verb, ("kind", ServerChild.Crc));
        contest.AddChild("engine, multipart ETag proved", server.Endpoint, EngineChild.Verb, ("kind", ServerChild.Multipart));
        contest.AddChild("engine, MD5 proved", server.Endpoint, EngineChild.Verb, ("kind", ServerChild.SinglePart));
        AddTools(contest, server.Endpoint, gib, parallel);

        var series = await contest.RunAsync(arguments.Number("rounds", 3));
        var report = new Report("transfer", $"{gib} objects of 1 GiB from the loopback server to {scratch.Root}");
        report.Compare("GiB", gib, series);
        await report.PublishAsync(arguments.TextOrNull("output"), series);
        return 0;
    }

    private static void AddTools(SideBySide contest, string endpoint, int gib, int parallel)
    {
        if (ExternalTool.IsThere("curl"))
        {
            var urls = string.Join(' ', Enumerable.Range(0, gib).Select(i => $"-O {endpoint}/{ServerChild.Bucket}/{ServerChild.LargeKey(ServerChild.Multipart, i)}"));
            contest.Add("curl", directory => ExternalTool.MeasureAsync(directory, $"curl -fsS --parallel {urls}"));
        }

        if (ExternalTool.IsThere("s5cmd"))
        {
            var keys = $"AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID={S3TestServer.DefaultAccessKey} AWS_SECRET_ACCESS_KEY={S3TestServer.DefaultSecretKey}";
            contest.Add("s5cmd", directory => ExternalTool.MeasureAsync(
                directory,
                $"{keys} s5cmd --endpoint-url {endpoint} cp -c {parallel} 's3://{ServerChild.Bucket}/{ServerChild.Multipart}/*' ."));
        }
    }
}
