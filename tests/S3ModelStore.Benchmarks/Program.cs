using S3ModelStore.Benchmarks;
using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Benchmarks.Commands;

// The children are what the commands start as processes of their own, so that each run is measured alone.
return args.FirstOrDefault() switch
{
    "peers" => await PeersCommand.RunAsync(new Arguments(args)),
    "startup" => await StartupCommand.RunAsync(new Arguments(args)),
    "transfer" => await TransferCommand.RunAsync(new Arguments(args)),
    "small" => await SmallCommand.RunAsync(new Arguments(args)),
    "plan" => await PlanCommand.RunAsync(new Arguments(args)),
    "kernels" => KernelsCommand.Run(new Arguments(args).TextOrNull("only")),
    ServerChild.Verb => await ServerChild.RunAsync(new Arguments(args)),
    BareChild.Verb => await BareChild.RunAsync(new Arguments(args)),
    EngineChild.Verb => await EngineChild.RunAsync(new Arguments(args)),
    PlanChild.Verb => await PlanChild.RunAsync(new Arguments(args)),
    NetworkChild.Verb => await NetworkChild.RunAsync(new Arguments(args)),
    TransferUtilityChild.Verb => await TransferUtilityChild.RunAsync(new Arguments(args)),
    ModuleChild.Verb => ModuleChild.Run(new Arguments(args)),
    StartupChild.Verb => StartupChild.Run(new Arguments(args)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Side by side, each run a process of its own, the runs interleaved:
          peers    [--scenarios big,small,…] [--rounds 5] [--scale 1.0] [--output DIR] [--destination DIR], or --setup to install what it needs
          startup  [--rounds 5] [--output DIR]
          transfer [--gib 2] [--rounds 3] [--parallel 8] [--destination DIR] [--output DIR]
          small    [--objects 10000] [--rounds 3] [--parallel 8] [--destination DIR] [--output DIR]
          plan     [--objects 100000] [--output DIR]
        One after the other, with BenchmarkDotNet:
          kernels  [--only Checksum]
        """);
    return 2;
}
