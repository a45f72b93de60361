using System.Globalization;

namespace S3ModelStore.Benchmarks;

/// <summary><c>--name value</c> pairs after a verb.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Arguments(string[] args)
    {
        for (var i = 1; i + 1 < args.Length; i += 2)
            _values[args[i]] = args[i + 1];
    }

    public string Text(string name) => _values.TryGetValue("--" + name, out var value) ? value : throw new ArgumentException($"--{name} is missing.", nameof(name));

    public string? TextOrNull(string name) => _values.GetValueOrDefault("--" + name);

    public int Number(string name, int otherwise)
        => _values.TryGetValue("--" + name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
