using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace S3ModelStore.Loader;

/// <summary>
/// Takes what lies in the module's <c>bin</c> from there, whatever version somebody else has loaded before, and precompiled where the build
/// has done that for this system and .NET. The rest, PowerShell and the framework, is shared with the process.
/// https://learn.microsoft.com/powershell/scripting/dev-cross-plat/resolving-dependency-conflicts
/// </summary>
internal sealed class ModuleLoadContext(string directory) : AssemblyLoadContext("S3ModelStore")
{
    // Of the compiler. An older .NET would ignore the code and read the larger files for nothing.
    private const int PrecompiledFor = 10;

    private readonly string[] _directories = Environment.Version.Major >= PrecompiledFor ? [Path.Combine(directory, Runtime), directory] : [directory];

    // As the build names its directories; what RuntimeInformation says of itself depends on who built .NET.
    private static string Runtime
        => (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-") + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        foreach (var each in _directories)
        {
            var path = Path.Combine(each, assemblyName.Name + ".dll");
            if (File.Exists(path))
                return LoadFromAssemblyPath(path);
        }

        return null;
    }
}
