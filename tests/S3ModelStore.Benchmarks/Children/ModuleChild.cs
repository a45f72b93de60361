using System.Diagnostics;
using S3ModelStore.Playground.Hosting;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>All of the module as a user meets it: a PowerShell engine, the import, and one command whose result is shown.</summary>
internal static class ModuleChild
{
    public const string Verb = "child-module";

    public static int Run(Arguments arguments)
    {
        using var session = ModuleSession.Open(new ConsoleHost(Terminal.OfProcess()));
        var watch = Stopwatch.StartNew();
        var succeeded = session.Show($"Save-S3Model {arguments.Text("source")} {arguments.Text("destination")} -EndpointUrl {arguments.Text("endpoint")} -Anonymous -SkipCertificateCheck -ErrorAction Stop");
        Measurement.Print(watch);
        return succeeded ? 0 : 1;
    }
}
