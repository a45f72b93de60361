using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using S3ModelStore.Benchmarks.Reporting;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>The pieces every request or byte goes through.</summary>
internal static class KernelsCommand
{
    private static readonly Type[] All = [typeof(Kernels), typeof(ChecksumKernels), typeof(CombineKernels), typeof(SelectionKernels), typeof(PlanningKernels), typeof(JournalKernels), typeof(ListingKernels)];

    /// <param name="only">Part of a class's name, or <see langword="null"/> for all.</param>
    public static int Run(string? only)
    {
        Type[] chosen = [.. All.Where(t => only is null || t.Name.Contains(only, StringComparison.OrdinalIgnoreCase))];
        if (chosen.Length == 0)
        {
            Console.Error.WriteLine($"No kernels are named like '{only}'; there are {string.Join(", ", All.Select(t => t.Name))}.");
            return 2;
        }

        var config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumn(new ThroughputColumn());
        var failed = BenchmarkRunner.Run(chosen, config).Any(summary => summary.HasCriticalValidationErrors);
        return failed ? 1 : 0;
    }
}
