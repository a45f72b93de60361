using System.Globalization;
using System.Management.Automation.Host;

namespace S3ModelStore.Playground.Hosting;

/// <summary>The least a PowerShell host needs: a name, a culture and a user interface.</summary>
public sealed class ConsoleHost(Terminal terminal) : PSHost
{
    /// <summary>What a script gave to <c>exit</c>.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "S3ModelStore Playground";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI { get; } = new ConsoleUserInterface(terminal);

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("There is no prompt to nest.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("There is no prompt to nest.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
