// Imported first: the machinery reads these when it is loaded, and would log every failure that is provoked on purpose.
process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';
