using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace S3ModelStore.Playground.Hosting;

/// <summary>Streams as text: colours and a progress bar for a person at a terminal, plain lines for everything else.</summary>
public sealed class ConsoleUserInterface(Terminal terminal) : PSHostUserInterface
{
    private const string Red = "\e[31;1m";
    private const string Yellow = "\e[33;1m";
    private const string Reset = "\e[0m";

    private readonly IProgressView _progress = terminal.IsInteractive ? new ProgressBars(terminal) : new ProgressLines(terminal.Out, TimeProvider.System);
    private readonly ChoicePrompt _choices = new(terminal);
    private readonly Lock _gate = new();

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawUserInterface(terminal);

    public override bool SupportsVirtualTerminal => terminal.IsInteractive;

    public override void Write(string value) => Print(terminal.Out, value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Print(terminal.Out, value + Environment.NewLine);

    public override void WriteErrorLine(string value) => PrintLine(terminal.Error, Red, value);

    public override void WriteWarningLine(string message) => PrintLine(terminal.Out, Yellow, "WARNING: " + message);

    public override void WriteVerboseLine(string message) => PrintLine(terminal.Out, Yellow, "VERBOSE: " + message);

    public override void WriteDebugLine(string message) => PrintLine(terminal.Out, Yellow, "DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_gate)
            _progress.Show(sourceId, record);
    }

    public override string ReadLine() => terminal.In.ReadLine() ?? throw new HostException("There is no more input.");

    public override SecureString ReadLineAsSecureString()
        => throw new HostException("This host does not read secrets. Give a PSCredential, a profile or environment variables.");

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
        => throw new HostException($"{message} This host only asks yes or no; give the parameter.");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
        => throw new HostException("This host does not read secrets. Give a PSCredential, a profile or environment variables.");

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
        => PromptForCredential(caption, message, userName, targetName);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        lock (_gate)
            _progress.Clear();
        return _choices.Ask(caption, message, choices, defaultChoice);
    }

    private void PrintLine(TextWriter writer, string colour, string text)
        => Print(writer, colour + text + Reset + Environment.NewLine);

    private void Print(TextWriter writer, string text)
    {
        lock (_gate)
        {
            _progress.Clear();
            // PowerShell formats with colours and leaves it to the host to take them away again.
            writer.Write(terminal.IsInteractive ? text : new StringDecorated(text).ToString(OutputRendering.PlainText));
            writer.Flush();
        }
    }
}
