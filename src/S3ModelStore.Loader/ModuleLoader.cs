namespace S3ModelStore.Loader;

/// <summary>Placeholder of the load context; see the module's psm1.</summary>
public static class ModuleLoader
{
}
