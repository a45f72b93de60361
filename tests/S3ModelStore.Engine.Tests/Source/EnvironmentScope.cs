namespace S3ModelStore.Engine.Tests.Source;

/// <summary>No AWS setting but those given, until disposed. For tests of the collection <see cref="ProcessWide"/> only.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public EnvironmentScope(params (string Name, string Value)[] variables)
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)))
            Set(name, null);
        Set("AWS_EC2_METADATA_DISABLED", "true");
        // A file that does not exist: the machine's own must not matter.
        Set("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(Path.GetTempPath(), "no-such-directory", "credentials"));
        foreach (var (name, value) in variables)
            Set(name, value);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
    }

    private void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
