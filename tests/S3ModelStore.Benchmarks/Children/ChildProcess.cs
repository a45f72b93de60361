using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using S3ModelStore.Benchmarks.Peers;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>This program once more, as a child.</summary>
internal static class ChildProcess
{
    public static Invocation Command(string verb, params IEnumerable<(string Name, object Value)> arguments)
    {
        var text = arguments.SelectMany(argument => (string[])["--" + argument.Name, Convert.ToString(argument.Value, CultureInfo.InvariantCulture)!]);
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new Invocation(program, [typeof(ChildProcess).Assembly.Location, verb, .. text])
            : new Invocation(program, [verb, .. text]);
    }

    public static Process Start(string verb, params IEnumerable<(string Name, object Value)> arguments)
    {
        var command = Command(verb, arguments);
        var start = new ProcessStartInfo(command.Program, command.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        return Process.Start(start)!;
    }

    /// <summary>Runs a measured child to its end.</summary>
    public static async Task<Measurement> MeasureAsync(string verb, params IEnumerable<(string Name, object Value)> arguments)
    {
        using var child = Start(verb, arguments);
        child.StandardInput.Close();
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0
            ? JsonSerializer.Deserialize<Measurement>(output)!
            : throw new InvalidOperationException($"{verb} ended with {child.ExitCode}.");
    }
}
