using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>The pieces every request or byte goes through.</summary>
internal static class KernelsCommand
{
    public static int Run()
    {
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        return BenchmarkRunner.Run<Kernels>(config).HasCriticalValidationErrors ? 1 : 0;
    }
}
