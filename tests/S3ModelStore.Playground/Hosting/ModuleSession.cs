using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace S3ModelStore.Playground.Hosting;

/// <summary>A PowerShell engine with the module imported. It has what System.Management.Automation brings, and no other command.</summary>
public sealed class ModuleSession : IDisposable
{
    private readonly Lock _gate = new();
    private PowerShell? _running;

    private ModuleSession(Runspace runspace) => Runspace = runspace;

    public Runspace Runspace { get; }

    public static ModuleSession Open(PSHost host)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        using var import = PowerShell.Create(runspace);
        import.AddCommand("Import-Module").AddArgument(BuiltModule.ManifestPath).AddParameter("ErrorAction", ActionPreference.Stop).Invoke();
        return new ModuleSession(runspace);
    }

    /// <summary>Runs script text and shows what it writes. False when an error ended it.</summary>
    public bool Show(string script) => Show(shell => shell.AddScript(script));

    /// <summary>Runs a script file and shows what it writes. False when an error ended it.</summary>
    public bool ShowFile(string path, IEnumerable<string> arguments) => Show(shell =>
    {
        shell.AddCommand(path);
        foreach (var argument in arguments)
            shell.AddArgument(argument);
    });

    /// <summary>Ends what is running, as Ctrl+C does. False when nothing was.</summary>
    public bool Stop()
    {
        lock (_gate)
        {
            // Not Stop(): it waits for the pipeline, and this is called on the thread that delivers signals.
            _running?.BeginStop(callback: null, state: null);
            return _running is not null;
        }
    }

    public void Dispose() => Runspace.Dispose();

    private bool Show(Action<PowerShell> build)
    {
        using var shell = PowerShell.Create(Runspace);
        build(shell);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        SetRunning(shell);
        try
        {
            shell.Invoke();
            return shell.InvocationStateInfo.State == PSInvocationState.Completed;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException error)
        {
            ShowError(error.ErrorRecord);
            return false;
        }
        finally
        {
            SetRunning(null);
        }
    }

    private void SetRunning(PowerShell? shell)
    {
        lock (_gate)
            _running = shell;
    }

    private void ShowError(ErrorRecord record)
    {
        // The mark by which Out-Default knows an error from data.
        var marked = PSObject.AsPSObject(record);
        marked.Properties.Add(new PSNoteProperty("writeErrorStream", value: true));
        using var shell = PowerShell.Create(Runspace);
        shell.AddCommand("Out-Default").Invoke(new[] { marked });
    }
}
