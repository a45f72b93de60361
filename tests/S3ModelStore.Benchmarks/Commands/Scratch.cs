namespace S3ModelStore.Benchmarks.Commands;

/// <summary>An empty directory for one run, gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    private const string Memory = "/dev/shm";

    /// <param name="parent">Where; memory when it has room, so that the disk is not what is measured.</param>
    /// <param name="bytes">Bytes that a run writes.</param>
    public Scratch(string? parent, long bytes)
    {
        parent ??= Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > bytes * 2 ? Memory : Path.GetTempPath();
        Root = Path.Combine(parent, $"s3modelstore-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    /// <summary>A directory that does not exist yet.</summary>
    public string Next()
    {
        var path = Path.Combine(Root, "run");
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
