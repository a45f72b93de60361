using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>This program once more, as a child.</summary>
internal static class ChildProcess
{
    public static Process Start(string verb, params IEnumerable<(string Name, object Value)> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.ArgumentList.Add(verb);
        foreach (var (name, value) in arguments)
        {
            start.ArgumentList.Add("--" + name);
            start.ArgumentList.Add(Convert.ToString(value, CultureInfo.InvariantCulture)!);
        }

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
