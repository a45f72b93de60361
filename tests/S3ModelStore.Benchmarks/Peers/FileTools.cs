namespace S3ModelStore.Benchmarks.Peers;

/// <summary>Downloaders of URLs. They are told all names, which spares them the listing.</summary>
internal static class FileTools
{
    // Without --parallel-immediate it waits whether the first connection can carry more, which HTTP/1.1 cannot.
    public static Contestant Curl { get; } = new("curl, a connection per file", target => new Invocation(
        "curl",
        ["-fsS", "--parallel", "--parallel-immediate", "--parallel-max", ObjectStoreTools.Parallel, "--config", target.WriteInput("curl", ["remote-name-all", .. target.IsTls ? ["insecure"] : (string[])[], .. target.Urls.Select(url => $"url = \"{url}\"")])]))
    {
        Tool = "curl",
    };

    public static Contestant Aria2 { get; } = new("aria2c, 16 connections per file", target => new Invocation(
        "aria2c",
        ["--quiet", "-x16", "-s16", "-j16", "-k8M", "--file-allocation=none", "--check-certificate=false", "-d", target.Destination, "-i", target.WriteInput("aria2", target.Urls)]))
    {
        Tool = "aria2c",
    };
}
