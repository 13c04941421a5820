namespace CallCenter.Infrastructure;

internal static class Placeholder;
