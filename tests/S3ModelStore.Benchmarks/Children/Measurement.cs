using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>What one run cost its process, from start to end, JIT and all.</summary>
internal sealed record Measurement
{
    public required double WallSeconds { get; init; }

    /// <summary>Part of it that the work itself took, once the runtime, or PowerShell, was up; 0 where that is not known.</summary>
    public double WorkSeconds { get; init; }

    public required double UserSeconds { get; init; }

    public required double SystemSeconds { get; init; }

    /// <summary>Largest resident set, bytes.</summary>
    public long PeakBytes { get; init; }

    /// <summary>Managed bytes allocated in all.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Collections of generations 0, 1 and 2.</summary>
    public IReadOnlyList<int> Collections { get; init; } = [];

    /// <summary>Live managed bytes, where a run measures them.</summary>
    public long LiveBytes { get; init; }

    /// <summary>What the server saw of the run.</summary>
    public ServerCounts? Server { get; init; }

    /// <summary>What it saw of an earlier run that this one goes on with.</summary>
    public ServerCounts? ServerBefore { get; init; }

    public double CpuSeconds => UserSeconds + SystemSeconds;

    /// <summary>Prints this process's measurement for the parent.</summary>
    public static void Print(Stopwatch wall, long liveBytes = 0)
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new Measurement
        {
            WallSeconds = wall.Elapsed.TotalSeconds,
            UserSeconds = process.UserProcessorTime.TotalSeconds,
            SystemSeconds = process.PrivilegedProcessorTime.TotalSeconds,
            PeakBytes = PeakOf(process),
            AllocatedBytes = GC.GetTotalAllocatedBytes(),
            Collections = [.. Enumerable.Range(0, 3).Select(GC.CollectionCount)],
            LiveBytes = liveBytes,
        }, MeasurementJson.Default.Measurement));
    }

    private static long PeakOf(Process process)
    {
        if (!OperatingSystem.IsLinux())
            return process.PeakWorkingSet64;
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
