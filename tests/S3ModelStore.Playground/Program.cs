using S3ModelStore.Playground;
using S3ModelStore.Playground.Hosting;

if (args is ["--serve"])
{
    await SampleServer.ServeAsync();
    return 0;
}

var host = new ConsoleHost(Terminal.OfProcess());
using var session = ModuleSession.Open(host);

// The first Ctrl+C stops the pipeline and lets it clean up; when nothing runs, or nothing helps, the next one ends the process.
var stopping = false;
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = !stopping && session.Stop();
    stopping = true;
};

if (args is [])
    return await new Tour(session, host.UI).RunAsync() ? 0 : 1;

var succeeded = args[0].EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) && File.Exists(args[0])
    ? session.ShowFile(Path.GetFullPath(args[0]), args[1..])
    : session.Show(string.Join(' ', args));
return host.ExitCode ?? (succeeded ? 0 : 1);
