using System.Reflection;

namespace S3ModelStore.Loader;

/// <summary>
/// Loads the cmdlets apart from everything else in the process. The module's script finds this type by name and calls
/// <see cref="Load"/>, also when an older version of the module brought the type: name and signature never change.
/// </summary>
public static class ModuleLoader
{
    private const string CmdletAssembly = "S3ModelStore.dll";

    private static readonly Dictionary<string, Assembly> Loaded = new(StringComparer.Ordinal);
    private static readonly object Gate = new();

    /// <summary>
    /// The cmdlet assembly of a <c>bin</c> directory: the same one for every import and runspace of the process. A second copy of one version
    /// gives the first, because PowerShell knows cmdlet types by their qualified names and mixes up two types of one name.
    /// </summary>
    public static Assembly Load(string binDirectory)
    {
        var directory = Path.GetFullPath(binDirectory);
        var identity = AssemblyName.GetAssemblyName(Path.Combine(directory, CmdletAssembly));
        lock (Gate)
        {
            if (!Loaded.TryGetValue(identity.FullName, out var assembly))
            {
                assembly = new ModuleLoadContext(directory).LoadFromAssemblyName(identity);
                Loaded.Add(identity.FullName, assembly);
            }

            return assembly;
        }
    }
}
