using System.Diagnostics;
using System.Globalization;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>What the process holds when nothing is under way.</summary>
/// <param name="At">Since the soak began.</param>
/// <param name="Rounds">Storms until then.</param>
/// <param name="Heap">Bytes that live after a full collection.</param>
/// <param name="Resident">Bytes of memory the system counts.</param>
/// <param name="Handles">Open handles; on Linux, file descriptors.</param>
/// <param name="Threads">Threads of the process.</param>
internal sealed record SoakSample(TimeSpan At, int Rounds, long Heap, long Resident, int Handles, int Threads)
{
    public static SoakSample Take(TimeSpan at, int rounds)
    {
        // Twice, with finalizers between: what only a finalizer holds is no leak.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var handles = OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : process.HandleCount;
        return new SoakSample(at, rounds, GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, handles, process.Threads.Count);
    }

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{At:hh\\:mm\\:ss}  {Rounds,6} rounds  heap {Heap / 1e6,7:0.00} MB  resident {Resident / 1e6,7:0.0} MB  {Handles,4} handles  {Threads,3} threads");
}
