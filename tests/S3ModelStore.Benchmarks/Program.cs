using S3ModelStore.Benchmarks;
using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Commands;

// The last four are what the commands start as processes of their own, so that each run is measured alone.
return args.FirstOrDefault() switch
{
    "transfer" => await TransferCommand.RunAsync(new Arguments(args)),
    "small" => await SmallCommand.RunAsync(new Arguments(args)),
    "plan" => await PlanCommand.RunAsync(new Arguments(args)),
    "kernels" => KernelsCommand.Run(new Arguments(args).TextOrNull("only")),
    ServerChild.Verb => await ServerChild.RunAsync(new Arguments(args)),
    BareChild.Verb => await BareChild.RunAsync(new Arguments(args)),
    EngineChild.Verb => await EngineChild.RunAsync(new Arguments(args)),
    PlanChild.Verb => await PlanChild.RunAsync(new Arguments(args)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Side by side, each run a process of its own, the runs interleaved:
          transfer [--gib 2] [--rounds 3] [--parallel 8] [--destination DIR] [--output DIR]
          small    [--objects 10000] [--rounds 3] [--parallel 8] [--destination DIR] [--output DIR]
          plan     [--objects 100000] [--output DIR]
        One after the other, with BenchmarkDotNet:
          kernels  [--only Checksum]
        """);
    return 2;
}
