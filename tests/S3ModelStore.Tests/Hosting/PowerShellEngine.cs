using System.Management.Automation;
using System.Management.Automation.Runspaces;
using S3ModelStore.Playground.Hosting;

namespace S3ModelStore.Tests.Hosting;

/// <summary>A PowerShell engine of a test's own, with the built module imported unless it wants to do that itself.</summary>
public sealed class PowerShellEngine : IDisposable
{
    private readonly StringWriter _screen = new();
    private readonly Runspace _runspace;

    public PowerShellEngine(bool import = true, string input = "")
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        _runspace = RunspaceFactory.CreateRunspace(new ConsoleHost(new Terminal(new StringReader(input), _screen, _screen)), state);
        _runspace.Open();
        Set("Manifest", BuiltModule.ManifestPath);
        if (import)
            Assert.Null(Run("Import-Module $Manifest -ErrorAction Stop").Thrown);
    }

    public void Set(string variable, object? value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    public void SetLocation(string directory) => _runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(directory));

    public ScriptResult Run(string script) => Run(script, shell => shell.Invoke());

    /// <summary>Runs a script and stops it as Ctrl+C does once the signal comes. Returns when the pipeline has ended.</summary>
    public ScriptResult RunAndStop(string script, Task signal) => Run(script, shell =>
    {
        var running = shell.BeginInvoke();
        signal.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        shell.Stop();
        return shell.EndInvoke(running);
    });

    public void Dispose()
    {
        _runspace.Dispose();
        _screen.Dispose();
    }

    private ScriptResult Run(string script, Func<PowerShell, ICollection<PSObject>> invoke)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        _screen.GetStringBuilder().Clear();
        ICollection<PSObject> output = [];
        Exception? thrown = null;
        try
        {
            output = invoke(shell);
        }
        catch (RuntimeException error)
        {
            thrown = error;
        }

        return new ScriptResult
        {
            Output = [.. output],
            Errors = [.. shell.Streams.Error],
            Warnings = [.. shell.Streams.Warning.Select(record => record.Message)],
            Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)],
            Progress = [.. shell.Streams.Progress],
            Screen = _screen.ToString(),
            Thrown = thrown,
        };
    }
}
