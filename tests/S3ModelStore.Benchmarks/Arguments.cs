using System.Globalization;

namespace S3ModelStore.Benchmarks;

/// <summary><c>--name value</c> pairs and <c>--name</c> alone, after a verb.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Arguments(string[] args)
    {
        for (var i = 1; i < args.Length; i++)
        {
            var alone = i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal);
            _values[args[i]] = alone ? string.Empty : args[++i];
        }
    }

    public bool Has(string name) => _values.ContainsKey("--" + name);

    public string Text(string name) => _values.TryGetValue("--" + name, out var value) ? value : throw new ArgumentException($"--{name} is missing.", nameof(name));

    public string? TextOrNull(string name) => _values.GetValueOrDefault("--" + name);

    public int Number(string name, int otherwise)
        => _values.TryGetValue("--" + name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    public double Fraction(string name, double otherwise)
        => _values.TryGetValue("--" + name, out var value) ? double.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
