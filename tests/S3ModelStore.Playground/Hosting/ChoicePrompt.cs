using System.Management.Automation.Host;

namespace S3ModelStore.Playground.Hosting;

/// <summary>Asks a question with a few answers, as <c>-Confirm</c> does.</summary>
internal sealed class ChoicePrompt(Terminal terminal)
{
    public int Ask(string caption, string message, IReadOnlyList<ChoiceDescription> choices, int defaultChoice)
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(caption);
        terminal.Out.WriteLine(message);
        var keys = choices.Select(choice => Key(choice.Label)).ToArray();
        while (true)
        {
            terminal.Out.Write(string.Join("  ", choices.Select((choice, index) => $"[{keys[index]}] {Text(choice.Label)}")));
            terminal.Out.Write(defaultChoice >= 0 ? $" (default is \"{keys[defaultChoice]}\"): " : ": ");
            terminal.Out.Flush();
            var answer = terminal.In.ReadLine()?.Trim() ?? throw new HostException("There is no more input to answer with.");
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;

            for (var index = 0; index < choices.Count; index++)
            {
                if (Same(answer, keys[index]) || Same(answer, Text(choices[index].Label)))
                    return index;
            }
        }
    }

    // A label marks its key with an ampersand: "Yes to &All".
    private static string Key(string label)
    {
        var mark = label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < label.Length ? label.Substring(mark + 1, 1).ToUpperInvariant() : label;
    }

    private static string Text(string label) => label.Replace("&", string.Empty, StringComparison.Ordinal);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
