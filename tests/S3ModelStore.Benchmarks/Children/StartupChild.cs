using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;
using System.Text.Json;
using S3ModelStore.Playground.Hosting;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>A PowerShell engine that goes so far and no further (<c>--steps</c>), and tells what was loaded on the way.</summary>
internal static class StartupChild
{
    public const string Verb = "child-startup";

    private static readonly Action<Runspace, Arguments>[] Steps =
    [
        (runspace, _) => Invoke(runspace, shell => shell.AddCommand("Get-Command").AddParameter("Name", "Get-Command")),
        (runspace, _) => Invoke(runspace, shell => shell.AddCommand("Import-Module").AddArgument(BuiltModule.ManifestPath)),
        (runspace, arguments) => Invoke(runspace, shell => shell.AddCommand("Get-S3ModelObject")
            .AddArgument(arguments.Text("source"))
            .AddParameter("EndpointUrl", arguments.Text("endpoint"))
            .AddParameter("Anonymous")),
    ];

    public static int Run(Arguments arguments)
    {
        var state = InitialSessionState.CreateDefault2();
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var reached = new List<StartupStep>();
        foreach (var step in Steps.Take(arguments.Number("steps", Steps.Length)))
        {
            var watch = Stopwatch.StartNew();
            step(runspace, arguments);
            var took = watch.Elapsed.TotalSeconds;
            var loaded = AssemblyLoadContext.All.SelectMany(context => context.Assemblies).Select(assembly => assembly.GetName().Name!).Order(StringComparer.Ordinal).ToList();
            reached.Add(new StartupStep(took, loaded.Count, [.. loaded.Where(seen.Add)]));
        }

        Console.WriteLine(JsonSerializer.Serialize(reached));
        return 0;
    }

    private static void Invoke(Runspace runspace, Func<PowerShell, PowerShell> build)
    {
        using var shell = PowerShell.Create(runspace);
        if (build(shell).AddParameter("ErrorAction", ActionPreference.Stop).Invoke().Count > 1)
            throw new InvalidOperationException("One object was to be listed.");
    }
}
