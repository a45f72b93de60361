using System.Reflection;
using System.Runtime.Loader;

namespace S3ModelStore.Loader;

/// <summary>
/// Takes what lies in the module's <c>bin</c> from there, whatever version somebody else has loaded before. The rest, PowerShell and the
/// framework, is shared with the process.
/// https://learn.microsoft.com/powershell/scripting/dev-cross-plat/resolving-dependency-conflicts
/// </summary>
internal sealed class ModuleLoadContext(string directory) : AssemblyLoadContext("S3ModelStore")
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(directory, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
